#!/usr/bin/env bash
# Installs, upgrades or removes ohhhllama on Debian and Ubuntu; "install.sh --help" says how.
#
# From a clone it builds the program, from an unpacked archive it takes what lies beside it. Alone, as in
# "curl … | sudo bash", it downloads the newest archive, verifies its checksum, and lets the install.sh in there go on.
set -Eeuo pipefail

RELEASES=${OHHHLLAMA_RELEASE_URL:-https://github.com/ohhhllama/ohhhllama/releases/latest/download}
ARCHIVE=ohhhllama.tar.gz

DRY_RUN='' ASSUME_YES='' NO_DOCKER='' UNINSTALL='' KEEP=ask
LISTEN_HOST=127.0.0.1 LISTEN_PORT=11434 LISTEN_GIVEN=''
BACKEND=http://127.0.0.1:11435 BACKEND_GIVEN='' PREFIX_GIVEN=''
PAYLOAD='' SCRATCH=()

usage() {
    cat <<'END'
Usage: install.sh [OPTIONS]
Puts ohhhllama in front of the Ollama of this machine, or upgrades it. Run again, it upgrades.

  --dry-run        say what would be done, and do nothing
  --yes            answer every question with yes
  --no-docker      do not offer to set Ollama up in Docker
  --listen ADDR    where clients reach the proxy: HOST, HOST:PORT or PORT (127.0.0.1:11434)
  --backend URL    Ollama is there, and is left as it is (http://127.0.0.1:11435)
  --prefix DIR     where the program is put (/opt/ohhhllama)
  --uninstall      take everything away, and give Ollama its port back
    --keep-data    … but keep the queue and the settings, without asking
    --purge        … and delete the queue, the settings and a container that came with ohhhllama, without asking
  --help           say this
Models are never touched.
END
}

complain() {
    printf 'ohhhllama: %s\n' "$@" >&2
    exit 2
}

parse_options() {
    while [[ $# -gt 0 ]]; do
        case $1 in
            --dry-run) DRY_RUN=1 ;;
            --yes | -y) ASSUME_YES=1 ;;
            --no-docker) NO_DOCKER=1 ;;
            --uninstall) UNINSTALL=1 ;;
            --keep-data) KEEP=all ;;
            --purge) KEEP=none ;;
            --listen | --backend | --prefix)
                [[ -n ${2:-} ]] || complain "$1 needs a value"
                take_value "$1" "$2"
                shift
                ;;
            --listen=* | --backend=* | --prefix=*) take_value "${1%%=*}" "${1#*=}" ;;
            --help | -h) usage && exit ;;
            *) complain "there is no option $1" "install.sh --help lists those there are" ;;
        esac
        shift
    done
}

take_value() {
    case $1 in
        --listen)
            LISTEN_GIVEN=$2
            case $2 in
                *[!0-9]*:[0-9]* | \[*\]:[0-9]*) LISTEN_HOST=${2%:*} LISTEN_PORT=${2##*:} ;;
                *[!0-9]*) LISTEN_HOST=$2 ;;
                *) LISTEN_PORT=$2 ;;
            esac
            LISTEN_HOST=${LISTEN_HOST#[} LISTEN_HOST=${LISTEN_HOST%]}
            [[ $LISTEN_HOST =~ ^[A-Za-z0-9.:_-]+$ && $LISTEN_PORT =~ ^[0-9]{1,5}$ ]] ||
                complain "--listen is \"$2\", expected HOST, HOST:PORT or PORT"
            ;;
        --backend)
            [[ $2 =~ ^(http://)?[][A-Za-z0-9.:_-]+/?$ ]] || complain "--backend is \"$2\", expected http://HOST:PORT"
            BACKEND=$2 BACKEND_GIVEN=$2
            ;;
        --prefix)
            [[ $2 =~ ^/[A-Za-z0-9._/-]+$ ]] || complain "--prefix is \"$2\", expected an absolute path without spaces"
            PREFIX_GIVEN=${2%/}
            ;;
    esac
}

# Fetches URL to FILE with what there is.
fetch() {
    if command -v curl >/dev/null 2>&1; then
        curl -fsSL --retry 3 -o "$2" "$1"
    elif command -v wget >/dev/null 2>&1; then
        wget -q -O "$2" "$1"
    else
        complain "neither curl nor wget is here to download the program: apt-get install curl"
    fi
}

# Nothing is unpacked before its checksum is known to be right.
continue_with_archive() {
    local directory
    directory=$(mktemp -d)
    SCRATCH+=("$directory")
    trap 'rm -rf "${SCRATCH[@]}"' EXIT
    echo "ohhhllama: downloading $RELEASES/$ARCHIVE"
    fetch "$RELEASES/$ARCHIVE" "$directory/$ARCHIVE" || complain "cannot download $RELEASES/$ARCHIVE"
    fetch "$RELEASES/SHA256SUMS" "$directory/SHA256SUMS" || complain "cannot download $RELEASES/SHA256SUMS"
    (cd "$directory" && grep " [ *]$ARCHIVE\$" SHA256SUMS | sha256sum --check --status -) ||
        complain "the checksum of $ARCHIVE is not the one in SHA256SUMS: it was not unpacked" \
            "Try again; if it stays wrong, do not use what you downloaded."
    mkdir "$directory/program"
    tar -xzf "$directory/$ARCHIVE" -C "$directory/program" --strip-components=1 --no-same-owner
    bash "$directory/program/install.sh" "$@"
    exit
}

# Says what comes, then does it; what fails ends everything.
step() {
    title "$1"
    shift
    local work
    for work in "$@"; do "$work"; done
}

install() {
    step "This machine" require_distribution find_ollama listen_as_ollama_did
    step "Java" ensure_java
    step "Program" find_payload
    step "Settings, if there are any" check_settings_of_before
    step "Service, if it runs: stop" drain_service
    step "User and directories" create_account create_state
    step "Database: copy" save_database
    step "Program: swap" swap_program
    step "Settings" settle_reach write_settings_once check_settings
    step "The predecessor" replace_predecessor
    step "The predecessor's queue" adopt_queue
    step "Class archive" share_classes
    step "Ollama" move_ollama
    step "Service" install_unit link_program start_service
    step "Health" check_health
    keep_all
    step "Tidying up" forget_previous_program forget_previous_unit forget_former_units forget_replaced_files
    step "Done" say_goodbye
}

say_goodbye() {
    if [[ -n $DRY_RUN ]]; then
        say "Nothing was changed."
        return
    fi
    say "Use Ollama as ever. What waits:            ohhhllama queue"
    say "Start the downloads now:                   ohhhllama process"
    say "Settings (then: systemctl reload ${UNIT%.service}):   $(CONF)"
    say "Take it away again:                        $PREFIX/uninstall.sh"
}

clean_up() {
    local status=$?
    trap - EXIT ERR
    set +e
    undo_unless_whole "$status"
    if [[ ${#SCRATCH[@]} -gt 0 ]]; then rm -rf "${SCRATCH[@]}"; fi
    exit "$status"
}

main() {
    parse_options "$@"
    local script=${BASH_SOURCE[0]:-} library part
    if [[ ! -f $script ]]; then continue_with_archive "$@"; fi
    SOURCE=$(dirname "$(readlink -f "$script")")
    library=$SOURCE/packaging/install
    if [[ ! -d $library ]]; then library=$SOURCE/install; fi
    if [[ ! -r $library/paths.sh ]]; then continue_with_archive "$@"; fi
    for part in paths talk undo machine java settings database program service ollama handback predecessor payload remove; do
        # shellcheck source=/dev/null
        . "$library/$part.sh"
    done
    if [[ -n $PREFIX_GIVEN ]]; then
        PREFIX=$ROOT$PREFIX_GIVEN
    elif [[ -L $SOURCE/lib/java ]]; then
        # This is the installed program itself.
        PREFIX=$SOURCE
    fi
    take_settings_of_before
    require_root
    trap clean_up EXIT
    trap 'echo "ohhhllama: stopped at line $LINENO of ${BASH_SOURCE[0]}: $BASH_COMMAND" >&2' ERR
    if [[ -n $UNINSTALL ]]; then uninstall; else install; fi
}

main "$@"
