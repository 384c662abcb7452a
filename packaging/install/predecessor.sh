# shellcheck shell=bash
# The bash and Python program of the same name: its units and cron entries go, its settings stay.

FORMER_UNITS=(ollama-queue.timer ollama-queue.service)

is_predecessor_here() {
    [[ -e $PREFIX/proxy.py || -e $UNITS/ollama-queue.timer || -e $UNITS/ollama-queue.service ]] ||
        grep -qs 'proxy\.py' "$UNITS/$UNIT" || has_former_cron
}

has_former_cron() { former_crontab | grep -q 'ohhhllama.*process-queue\.sh'; }

former_crontab() { if has crontab; then crontab -l 2>/dev/null || true; fi; }

replace_predecessor() {
    local unit
    if ! is_predecessor_here; then
        say "it was never here"
        return
    fi
    for unit in "${FORMER_UNITS[@]}"; do
        if [[ -e $UNITS/$unit ]]; then
            undo_by restore_former_unit "$unit"
            run systemctl disable --now --quiet "$unit"
            run mv "$UNITS/$unit" "$UNITS/$unit.before"
            say "$unit is removed: the proxy knows its schedule itself (QUEUE_SCHEDULE)"
        fi
    done
    run systemctl daemon-reload
    replace_cron
}

replace_cron() {
    local saved
    if ! has_former_cron; then return; fi
    if [[ -n $DRY_RUN ]]; then
        say "would take process-queue.sh out of root's crontab"
        return
    fi
    saved=$(former_crontab)
    undo_by restore_cron "$saved"
    grep -v 'ohhhllama.*process-queue\.sh' <<<"$saved" | crontab - || fail "cannot change root's crontab"
    say "its line is taken out of root's crontab"
}

restore_cron() { crontab - <<<"$1"; }

restore_former_unit() {
    mv -f "$UNITS/$1.before" "$UNITS/$1"
    systemctl daemon-reload
    case $1 in *.timer) systemctl enable --now --quiet "$1" ;; esac
}

forget_former_units() {
    local unit
    for unit in "${FORMER_UNITS[@]}"; do run rm -f "$UNITS/$unit.before"; done
}

# It was open to the network, whatever its settings said. Whoever is to go on so has to say it.
settle_reach() {
    local file known
    file=$(CONF)
    if [[ -e $file ]]; then known=$(setting_in_file LISTEN_HOST); else known=$LISTEN_GIVEN; fi
    if [[ -n $known || $LISTEN_HOST == 0.0.0.0 ]] || ! is_predecessor_here; then return; fi
    if ! agreed "The predecessor could be reached from the network, by everybody. Is ohhhllama to be, too?"; then
        notice "the predecessor could be reached from the network, ohhhllama can from this machine alone: for others," \
            "write LISTEN_HOST=0.0.0.0 into $file, and run systemctl restart ${UNIT%.service}"
        return
    fi
    LISTEN_HOST=0.0.0.0
    if [[ -e $file ]]; then
        undo_by sed -i '/^LISTEN_HOST=0\.0\.0\.0$/d' "$file"
        add_line "LISTEN_HOST=$LISTEN_HOST" "$file"
    fi
    notice "it can be reached from the network, as the predecessor could: LISTEN_HOST=0.0.0.0"
}

add_line() {
    if [[ -n $DRY_RUN ]]; then
        say "would add to $2: $1"
        return
    fi
    local end=''
    # The last line may have none.
    if [[ -n $(tail -c 1 "$2") ]]; then end=$'\n'; fi
    printf '%s%s\n' "$end" "$1" >>"$2" || fail "cannot write $2"
}
