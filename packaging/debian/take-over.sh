#!/usr/bin/env bash
# Takes over what the predecessor or install.sh left on this machine, as the package is configured.
#   take-over.sh             puts the service's directory and the queue in order, and removes what the package replaces
#   take-over.sh database    prints which file keeps the queue
set -Eeuo pipefail

DRY_RUN='' ASSUME_YES='' LISTEN_GIVEN='' LISTEN_HOST=127.0.0.1

for part in paths talk undo machine settings database program service predecessor; do
    # shellcheck source=/dev/null
    . "$(dirname "$(readlink -f "$0")")/../install/$part.sh"
done

clean_up() {
    local status=$?
    trap - EXIT
    set +e
    undo_unless_whole "$status"
    exit "$status"
}

# A unit in /etc hides that of the package, and a command in /usr/local the one in /usr/bin.
uncover() {
    if grep -qsE "proxy\.py|$PREFIX/bin/ohhhllama" "$UNITS/$UNIT"; then
        undo_by cover_again
        run systemctl disable --now --quiet "$UNIT"
        run mv "$UNITS/$UNIT" "$UNITS/$UNIT.before"
        run systemctl daemon-reload
        say "$UNITS/$UNIT is removed: the package has its own"
    fi
    if [[ -f $COMMAND && ! -L $COMMAND ]] && is_predecessor_here; then
        run mv "$COMMAND" "$COMMAND.before-ohhhllama"
        undo_by mv "$COMMAND.before-ohhhllama" "$COMMAND"
    fi
    remove_links
}

cover_again() {
    mv -f "$UNITS/$UNIT.before" "$UNITS/$UNIT"
    systemctl daemon-reload
    systemctl enable --now --quiet "$UNIT"
}

# There may be nobody to ask while packages are configured.
agreed() { return 1; }

forget_former_parts() {
    local part
    for part in "${FORMER_PARTS[@]}" install.sh uninstall.sh systemd share .previous .next; do run rm -rf "${PREFIX:?}/$part"; done
}

take_over() {
    trap clean_up EXIT
    settle_reach
    uncover
    create_state
    replace_predecessor
    adopt_queue
    keep_all
    forget_former_parts
    forget_previous_unit
    forget_former_units
    forget_replaced_files
}

case ${1:-} in
    '') take_over ;;
    database) database ;;
    *) sed -n '2,4s/^# \{0,1\}//p' "$0" && exit 2 ;;
esac
