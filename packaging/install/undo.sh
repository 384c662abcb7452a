# shellcheck shell=bash
# Remembers how to take back what was done, and does so if the work ends before it is whole.

UNDO=()

# Remembers a command; the last one remembered is run first.
undo_by() {
    if [[ -z ${DRY_RUN:-} ]]; then UNDO+=("$(printf '%q ' "$@")"); fi
}

# Everything is done and stays.
keep_all() { UNDO=(); }

# Is run at the end with the exit code, whatever it is.
undo_unless_whole() {
    local status=$1 index
    if [[ $status -ne 0 && ${#UNDO[@]} -gt 0 ]]; then
        printf '\n== Taking back what was done\n'
        for ((index = ${#UNDO[@]} - 1; index >= 0; index--)); do
            printf '   %s\n' "${UNDO[index]}"
            # In a shell of its own, so that one that fails does not keep the others from running.
            (eval "${UNDO[index]}") || notice "that did not work: ${UNDO[index]}"
        done
        printf '   The machine is as it was before. Do what is said above, then run the same command again.\n'
    fi
}
