#!/usr/bin/env bats
# What the scripts say without touching a machine. Needs neither root nor a network, but PAYLOAD as in install.bats.

# shellcheck disable=SC2016 # what stands in single quotes is for another shell
bats_require_minimum_version 1.5.0

setup() {
    clone=$BATS_TEST_DIRNAME/../..
    installer=$clone/install.sh
}

# Runs functions of the installer with settings of a clean start.
installer_function() {
    bash -c 'set -Eeuo pipefail
        DRY_RUN= ASSUME_YES= NO_DOCKER= KEEP=ask LISTEN_GIVEN= BACKEND_GIVEN= PAYLOAD=
        LISTEN_HOST=127.0.0.1 LISTEN_PORT=11434 BACKEND=http://127.0.0.1:11435
        OHHHLLAMA_ROOT=$1
        for part in "$2"/packaging/install/*.sh; do . "$part"; done
        shift 2
        eval "$1"' installer "$BATS_TEST_TMPDIR" "$clone" "$@"
}

@test "help names every option" {
    run bash "$installer" --help
    [ "$status" -eq 0 ]
    for option in --dry-run --yes --no-docker --listen --backend --prefix --uninstall --keep-data --purge; do
        [[ $output == *"$option"* ]]
    done
}

@test "an unknown option, and values that are none, change nothing" {
    run bash "$installer" --dry-runn
    [ "$status" -eq 2 ]
    [[ $output == *"there is no option --dry-runn"* ]]
    run bash "$installer" --listen 'a b'
    [ "$status" -eq 2 ]
    [[ $output == *'--listen is "a b", expected HOST, HOST:PORT or PORT'* ]]
    run bash "$installer" --backend https://elsewhere
    [ "$status" -eq 2 ]
    run bash "$installer" --prefix relative
    [ "$status" -eq 2 ]
    run bash "$installer" --prefix
    [ "$status" -eq 2 ]
}

@test "another distribution is refused by name" {
    mkdir -p "$BATS_TEST_TMPDIR/etc"
    printf 'ID=fedora\nPRETTY_NAME="Fedora Linux 41"\n' >"$BATS_TEST_TMPDIR/etc/os-release"
    run installer_function require_distribution
    [ "$status" -ne 0 ]
    [[ $output == *"not for Fedora Linux 41"* ]]
    printf 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="18.04"\nPRETTY_NAME="Ubuntu 18.04"\n' >"$BATS_TEST_TMPDIR/etc/os-release"
    run installer_function require_distribution
    [[ $output == *"Ubuntu 20.04 or newer is needed"* ]]
    printf 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22"\nPRETTY_NAME="Linux Mint 22"\n' >"$BATS_TEST_TMPDIR/etc/os-release"
    run installer_function require_distribution
    [ "$status" -eq 0 ]
}

@test "what was done is undone in reverse order, and all of it even if a part fails" {
    run installer_function 'undo_by echo first; undo_by false; undo_by echo third; undo_unless_whole 1'
    [[ $output == *third*"that did not work: false"*first* ]]
    run installer_function 'undo_by echo first; keep_all; undo_unless_whole 1'
    [ "$output" = "" ]
}

@test "a dry run writes no file" {
    run installer_function 'DRY_RUN=1; echo text | put_file '"$BATS_TEST_TMPDIR"'/x/y 0644; run touch '"$BATS_TEST_TMPDIR/z"
    [ "$status" -eq 0 ]
    [[ $output == *"would write"*"| text"*"would run: touch"* ]]
    [ ! -e "$BATS_TEST_TMPDIR/x" ]
    [ ! -e "$BATS_TEST_TMPDIR/z" ]
}

@test "a settings file is read as the program reads it" {
    mkdir -p "$BATS_TEST_TMPDIR/opt/ohhhllama"
    printf '# LISTEN_PORT=1\nLISTEN_PORT=2\nexport LISTEN_PORT="12000"\nOLLAMA_BACKEND=http://gpu:11434\n' \
        >"$BATS_TEST_TMPDIR/opt/ohhhllama/ohhhllama.conf"
    run installer_function 'take_settings_of_before; echo "$LISTEN_PORT $BACKEND"; is_own_backend || echo elsewhere'
    [ "$output" = $'12000 http://gpu:11434\nelsewhere' ]
}

@test "a database elsewhere is opened for the sandbox" {
    mkdir -p "$BATS_TEST_TMPDIR/opt/ohhhllama"
    echo DB_PATH=/data/queue/q.db >"$BATS_TEST_TMPDIR/opt/ohhhllama/ohhhllama.conf"
    run installer_function "PAYLOAD=$clone/packaging; unit_text"
    [[ $output == *$'[Service]\nReadWritePaths=/data/queue' ]]
}

@test "the example has every value of a new installation, and the program accepts it" {
    run installer_function "PAYLOAD=$clone/packaging; LISTEN_HOST=0.0.0.0 LISTEN_PORT=12000 BACKEND=http://gpu:1; conf_for_here"
    [[ $output == *$'\nLISTEN_HOST=0.0.0.0\nLISTEN_PORT=12000\n'* ]]
    [[ $output == *$'\nOLLAMA_BACKEND=http://gpu:1\n'* ]]
    sed 's/^#\([A-Z_]*=\)/\1/' "$clone/packaging/ohhhllama.conf.example" >"$BATS_TEST_TMPDIR/all.conf"
    run "$PAYLOAD/bin/ohhhllama" check-config --config "$BATS_TEST_TMPDIR/all.conf"
    [ "$status" -eq 0 ]
}

@test "the installed command runs from anywhere, through links" {
    ln -s "$PAYLOAD/bin/ohhhllama" "$BATS_TEST_TMPDIR/ohhhllama"
    cd /
    run "$BATS_TEST_TMPDIR/ohhhllama" version
    [ "$status" -eq 0 ]
    [[ $output == "ohhhllama $(cat "$PAYLOAD/VERSION")"* ]]
}

@test "every command has a manual page, and the completion knows it" {
    while read -r command; do
        [ -s "$PAYLOAD/share/man/man1/ohhhllama-$command.1" ]
        grep -q "$command" "$PAYLOAD/share/bash-completion/ohhhllama"
    done < <("$PAYLOAD/bin/ohhhllama" --help | sed -n '/^Commands:/,/^Exit codes:/s/^  \([a-z][a-z-]*\) .*/\1/p')
    bash -n "$PAYLOAD/share/bash-completion/ohhhllama"
}

@test "the unit is valid, and its exposure at most 2.5" {
    mkdir -p "$BATS_TEST_TMPDIR/units"
    # What it names need not be installed here.
    sed 's|^ExecStart=.*|ExecStart=/bin/true|; s|man:ohhhllama(1) ||' "$clone/packaging/systemd/ollama-proxy.service" \
        >"$BATS_TEST_TMPDIR/units/ollama-proxy.service"
    run systemd-analyze verify --man=no "$BATS_TEST_TMPDIR/units/ollama-proxy.service"
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    systemd-analyze security --offline=true --threshold=25 --no-pager "$clone/packaging/systemd/ollama-proxy.service"
}

@test "the compose file brings up what the image and the proxy know" {
    grep -q 'OLLAMA_BACKEND: http://ollama:11434' "$clone/packaging/compose.yaml"
    if docker compose version >/dev/null 2>&1; then docker compose -f "$clone/packaging/compose.yaml" config --quiet; fi
}
