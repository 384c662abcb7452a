# shellcheck shell=bash
# The program's files: put into place beside the old ones, which come back if the new ones are no good.

PARTS=(bin lib scripts share install systemd install.sh uninstall.sh compose.yaml ohhhllama.conf.example LICENSE VERSION)
# What the predecessor left in the same place.
FORMER_PARTS=(proxy.py huggingface __pycache__)

create_account() {
    if getent passwd "$ACCOUNT" >/dev/null; then
        say "the user $ACCOUNT is there"
        return
    fi
    run useradd --system --user-group --home-dir /var/lib/ohhhllama --no-create-home --shell /usr/sbin/nologin "$ACCOUNT"
    undo_by userdel "$ACCOUNT"
}

# Takes what lies in the payload into use.
swap_program() {
    local part
    run mkdir -p "$PREFIX"
    if [[ ! -e $PREFIX/bin ]]; then undo_by rmdir --ignore-fail-on-non-empty "$PREFIX"; fi
    run rm -rf "$PREFIX/.next" "$PREFIX/.previous"
    run mkdir -p "$PREFIX/.next" "$PREFIX/.previous"
    for part in "${PARTS[@]}"; do
        if [[ -e $PAYLOAD/$part ]]; then run cp -R "$PAYLOAD/$part" "$PREFIX/.next/$part"; fi
    done
    run chown -R 0:0 "$PREFIX/.next"
    run chmod -R u=rwX,go=rX "$PREFIX/.next"
    run ln -sfn "$JAVA" "$PREFIX/.next/lib/java"
    undo_by swap_back
    move_parts "$PREFIX" "$PREFIX/.previous" "${PARTS[@]}" "${FORMER_PARTS[@]}"
    move_parts "$PREFIX/.next" "$PREFIX" "${PARTS[@]}"
    run rmdir "$PREFIX/.next"
}

move_parts() {
    local from=$1 to=$2 part
    shift 2
    for part in "$@"; do
        if [[ -e $from/$part ]]; then run mv "$from/$part" "$to/$part"; fi
    done
}

swap_back() {
    local part
    for part in "${PARTS[@]}"; do rm -rf "${PREFIX:?}/$part"; done
    move_parts "$PREFIX/.previous" "$PREFIX" "${PARTS[@]}" "${FORMER_PARTS[@]}"
    rm -rf "$PREFIX/.previous" "$PREFIX/.next"
}

forget_previous_program() { run rm -rf "$PREFIX/.previous"; }

# What belongs to this machine's Java is made on this machine; without it the program starts slower, no more.
share_classes() {
    if [[ -n $DRY_RUN ]]; then
        say "would run: $PREFIX/scripts/share-classes.sh"
    elif "$PREFIX/scripts/share-classes.sh"; then
        say "prepared"
    else
        notice "no class archive could be made: the program starts a little slower, all else is the same"
    fi
}

# Command, completion and manual where a shell looks for them.
link_program() {
    local page
    replace_by_link "$PREFIX/bin/ohhhllama" "$COMMAND"
    replace_by_link "$PREFIX/share/bash-completion/ohhhllama" "$COMPLETION"
    for page in "$PAYLOAD"/share/man/man1/*.1; do
        replace_by_link "$PREFIX/share/man/man1/${page##*/}" "$MANUAL/${page##*/}"
    done
}

replace_by_link() {
    local target=$1 link=$2
    if [[ $(readlink "$link") == "$target" ]]; then return; fi
    run mkdir -p "$(dirname "$link")"
    if [[ -e $link || -L $link ]]; then
        run mv "$link" "$link.before-ohhhllama"
        undo_by mv "$link.before-ohhhllama" "$link"
    fi
    run ln -s "$target" "$link"
    undo_by rm -f "$link"
}

forget_replaced_files() {
    local file
    for file in {"$COMMAND","$COMPLETION","$MANUAL"/ohhhllama*.1}.before-ohhhllama; do
        if [[ -e $file || -L $file ]]; then run rm -f "$file"; fi
    done
}

remove_links() {
    local link
    for link in "$COMMAND" "$COMPLETION" "$MANUAL"/ohhhllama*.1; do
        if [[ $(readlink "$link") == "$PREFIX"/* ]]; then run rm -f "$link"; fi
    done
}
