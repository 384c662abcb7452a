# shellcheck shell=bash
# The unit of systemd.

is_running() { systemctl is-active --quiet "$UNIT" 2>/dev/null; }

# The unit names the fixed directories; another prefix is written into it.
unit_text() {
    local file
    sed "s|/opt/ohhhllama|${PREFIX#"$ROOT"}|g" "$PAYLOAD/systemd/$UNIT"
    file=$(database)
    # The sandbox lets the service write in its own directory only.
    if ! is_in_state "$file"; then
        printf '\n# DB_PATH is there.\n[Service]\nReadWritePaths=%s\n' "$(dirname "${file#"$ROOT"}")"
    fi
}

# An orderly stop: the running download is handed back to the queue, answers may end first.
drain_service() {
    if ! is_running; then
        say "it does not run"
        return
    fi
    undo_by systemctl start "$UNIT"
    run systemctl stop "$UNIT"
    say "stopped in good order"
}

install_unit() {
    local file=$UNITS/$UNIT
    if [[ -e $file ]]; then
        run cp -a "$file" "$file.before"
        undo_by restore_unit
    else
        undo_by remove_unit
    fi
    unit_text | put_file "$file" 0644
    run systemctl daemon-reload
    run systemctl enable --quiet "$UNIT"
}

restore_unit() {
    systemctl stop "$UNIT" || true
    mv -f "$UNITS/$UNIT.before" "$UNITS/$UNIT"
    systemctl daemon-reload
}

remove_unit() {
    systemctl disable --now --quiet "$UNIT" || true
    rm -f "$UNITS/$UNIT"
    systemctl daemon-reload
}

forget_previous_unit() { run rm -f "$UNITS/$UNIT.before"; }

# Type=notify: this returns when the proxy answers, or when systemd gives up.
start_service() {
    if [[ -n $DRY_RUN ]]; then
        say "would run: systemctl restart $UNIT"
        return
    fi
    undo_by systemctl stop "$UNIT"
    systemctl restart "$UNIT" || fail "the service does not start:" "$(last_words)" \
        "More by: journalctl -u ${UNIT%.service}"
}

last_words() { journalctl -u "$UNIT" -n 8 --no-pager -o cat 2>/dev/null || true; }

# It must answer for itself; and for Ollama, if that was there before.
check_health() {
    local host port answer left=30
    if [[ -n $DRY_RUN ]]; then
        say "would ask the proxy how it is"
        return
    fi
    if [[ $OLLAMA == elsewhere ]]; then left=5; fi
    host=$(setting LISTEN_HOST)
    port=$(setting LISTEN_PORT)
    case $host in 0.0.0.0 | '') host=127.0.0.1 ;; ::) host=::1 ;; esac
    while ((left-- > 0)); do
        answer=$(http_get "$host" "$port" /api/health || true)
        if [[ $answer == "HTTP/1.1 200"* ]]; then
            say "the proxy answers on $host:$port, and Ollama behind it"
            return
        fi
        # Without an Ollama the proxy cannot be well; it runs, and that is all that was asked for.
        if [[ $answer == "HTTP/1.1 "* && $OLLAMA == none ]]; then
            notice "the proxy answers on $host:$port; there is no Ollama at $(setting OLLAMA_BACKEND) yet"
            return
        fi
        sleep 1
    done
    # Whether an Ollama elsewhere runs is not this machine's matter.
    if [[ $answer == "HTTP/1.1 "* && $OLLAMA == elsewhere ]]; then
        notice "the proxy answers on $host:$port, but no Ollama at $(setting OLLAMA_BACKEND)"
        return
    fi
    fail "the proxy is not healthy:" "${answer:-it does not answer on $host:$port}" "$(last_words)"
}
