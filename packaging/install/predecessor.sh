# shellcheck shell=bash
# The bash and Python program of the same name: its units and cron entries go, its queue and its settings stay.

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

# As the service's user, since the file is its own. Does nothing to a queue of ours.
adopt_queue() {
    local answer
    if [[ -n $DRY_RUN ]]; then
        say "would run: ohhhllama adopt"
        return
    fi
    if ! [[ -s $STATE/queue.db ]]; then
        say "there is none"
        return
    fi
    answer=$(as_account "$PREFIX/bin/ohhhllama" adopt --db-path "$STATE/queue.db" 2>&1) ||
        fail "the queue cannot be taken over:" "$answer"
    case $answer in "took over"*) say "$answer" ;; *) say "it is one of ours" ;; esac
}

# SQLite's library is unpacked where the user may write.
as_account() {
    runuser -u "$ACCOUNT" -- env OHHHLLAMA_JAVA_OPTS="-Dorg.sqlite.tmpdir=$STATE -Djava.io.tmpdir=$STATE" "$@"
}
