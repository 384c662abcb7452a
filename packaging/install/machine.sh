# shellcheck shell=bash
# Looks at the machine; changes nothing. Needs no program that a small installation of Debian lacks.

require_root() {
    if [[ $EUID -eq 0 || -n $DRY_RUN ]]; then return; fi
    fail "this must run as root" "Run it again with sudo in front. --dry-run shows all of it without being root."
}

# Prints what os-release says for a name.
release_word() { sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}$/\1/p" "$ROOT/etc/os-release"; }

# Debian 11 and Ubuntu 20.04 are the first with the systemd and the Java that are needed.
require_distribution() {
    local release=$ROOT/etc/os-release id like version name
    [[ -r $release ]] || fail "$release is missing: this is for Debian, Ubuntu and their relatives"
    id=$(release_word ID)
    like=$(release_word ID_LIKE)
    version=$(release_word VERSION_ID)
    name=$(release_word PRETTY_NAME)
    case " $id $like " in
        *" debian "* | *" ubuntu "*) ;;
        *) fail "this is for Debian, Ubuntu and their relatives, not for $name" \
            "The archive runs anywhere with a Java 17: see docs/operations.md" ;;
    esac
    if [[ $id == ubuntu && ${version%%.*} -lt 20 ]]; then fail "Ubuntu 20.04 or newer is needed, this is $name"; fi
    if [[ $id == debian && -n $version && $version -lt 11 ]]; then fail "Debian 11 or newer is needed, this is $name"; fi
    say "$name"
}

has() { command -v "$1" >/dev/null 2>&1; }

# Asks HOST PORT PATH over HTTP, and prints the answer, headers and all.
http_get() {
    # shellcheck disable=SC2016 # the inner shell's variables are meant
    timeout 10 bash -c '
        exec 3<>"/dev/tcp/$1/$2" || exit 1
        printf "GET %s HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n" "$3" "$2" >&3
        cat <&3' http_get "$@" 2>/dev/null
}

is_ollama() { [[ $(http_get "$1" "$2" /api/version) == *'"version"'* ]]; }

# Prints the socket numbers that listen on a port, of both families.
listening_sockets() {
    local hex
    printf -v hex '%04X' "$1"
    awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10 }' \
        /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

# Prints "NAME (process NUMBER)" of what listens on a port; nothing if nothing does.
listener() {
    local socket link process
    for socket in $(listening_sockets "$1"); do
        for link in /proc/[0-9]*/fd/*; do
            if [[ $(readlink "$link" 2>/dev/null) == "socket:[$socket]" ]]; then
                process=${link#/proc/}
                process=${process%%/*}
                echo "$(cat "/proc/$process/comm") (process $process)"
                return
            fi
        done
        echo "a process that cannot be seen from here"
        return
    done
}

# Waits until HOST PORT answers as Ollama does; seconds as the third argument.
wait_for_ollama() {
    local left=$3
    until is_ollama "$1" "$2"; do
        ((left-- > 0)) || return 1
        sleep 1
    done
}
