# shellcheck shell=bash
# Talks to the person, and to the machine only through "run" and its like, which a dry run does not carry out.

DRY_RUN=${DRY_RUN:-}
ASSUME_YES=${ASSUME_YES:-}

title() { printf '\n== %s\n' "$1"; }
say() { printf '   %s\n' "$1"; }

notice() {
    printf ' ! %s\n' "$1"
    shift
    if [[ $# -gt 0 ]]; then printf '   %s\n' "$@"; fi
}

# Ends everything; what was done so far is undone on the way out.
fail() {
    printf '\nohhhllama: %s\n' "$1" >&2
    shift
    printf '           %s\n' "$@" >&2
    exit 1
}

# Does something that changes the machine, or says that it would.
run() {
    if [[ -n $DRY_RUN ]]; then
        say "would run: $*"
        return
    fi
    "$@" || fail "this failed: $*"
}

# Writes the standard input to a file with a mode, in one step.
put_file() {
    local file=$1 mode=$2 text
    text=$(cat && printf x)
    text=${text%x}
    if [[ -n $DRY_RUN ]]; then
        say "would write: $file"
        printf '%s' "$text" | sed 's/^/       | /'
        return
    fi
    mkdir -p "$(dirname "$file")" || fail "cannot make the directory of $file"
    if ! { printf '%s' "$text" >"$file.new" && chmod "$mode" "$file.new" && mv -f "$file.new" "$file"; }; then
        fail "cannot write $file"
    fi
}

# Asks a question that "no" is a safe answer to.
agreed() {
    local answer
    if [[ -n $ASSUME_YES ]]; then return 0; fi
    if [[ -n $DRY_RUN ]]; then
        say "would ask: $1"
        return 1
    fi
    # The standard input may be the script itself.
    if ! { : </dev/tty; } 2>/dev/null; then
        say "$1 Nobody is here to ask: no."
        return 1
    fi
    printf '   %s [y/N] ' "$1" >/dev/tty
    read -r answer </dev/tty || return 1
    [[ $answer == [yY]* ]]
}
