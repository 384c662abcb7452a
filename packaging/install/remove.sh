# shellcheck shell=bash
# Takes ohhhllama away and leaves what is the person's. KEEP is ask, all (--keep-data) or none (--purge).

uninstall() {
    title "Taking ohhhllama away"
    remove_service
    title "Ollama"
    return_ollama
    title "Program"
    remove_links
    remove_program
    title "Data"
    remove_data
    title "Done"
    if [[ -n $DRY_RUN ]]; then say "Nothing was changed."; else say "Ollama's models were not touched."; fi
}

remove_service() {
    if [[ ! -e $UNITS/$UNIT ]]; then
        say "there is no $UNIT"
        return
    fi
    run systemctl disable --now --quiet "$UNIT"
    run rm -f "$UNITS/$UNIT" "$UNITS/$UNIT.before"
    run systemctl daemon-reload
    say "$UNIT is stopped and removed"
}

remove_program() {
    local part
    for part in "${PARTS[@]}"; do run rm -rf "${PREFIX:?}/$part"; done
    run rm -rf "${PREFIX:?}/.previous" "${PREFIX:?}/.next"
}

remove_data() {
    local file
    file=$(database)
    if [[ $KEEP == none ]] || { [[ $KEEP == ask ]] && agreed "Delete the queue and the settings ($file, $STATE, $(CONF))?"; }; then
        delete_database "$file"
        run rm -rf "${STATE:?}"
        run rm -f "$(CONF)"
        if getent passwd "$ACCOUNT" >/dev/null; then run userdel "$ACCOUNT"; fi
        say "the queue and the settings are deleted"
    else
        say "kept: $file, $(CONF)"
    fi
    if [[ -d $PREFIX ]]; then run rmdir --ignore-fail-on-non-empty "$PREFIX"; fi
}
