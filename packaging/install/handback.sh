# shellcheck shell=bash
# Gives Ollama its port back, also where it was on the new one before ohhhllama came, behind the predecessor, say. What that
# changes is kept beside it, and said.

return_ollama() {
    local native=''
    if [[ -e $OLLAMA_DROP_IN ]]; then
        native=1
        hand_service_back
    fi
    if CONTAINER=$(find_container) && [[ -n $CONTAINER ]]; then
        case $(inspect "{{index .Config.Labels \"$LABEL\"}}") in
            moved) return_container ;;
            made) return_own_container ;;
            *) return_foreign_container ;;
        esac
    elif [[ -z $native ]] && is_own_backend && is_ollama 127.0.0.1 "$OLLAMA_PORT"; then
        notice "Ollama stays on port $OLLAMA_PORT: ohhhllama did not put it there. OLLAMA_HOST=127.0.0.1:$CLIENT_PORT moves it"
    fi
}

# Tells whether it is the port of Ollama that the proxy was on, and that nobody else has it by now.
is_port_to_return() {
    if [[ $LISTEN_PORT != "$CLIENT_PORT" ]] || ! is_own_backend; then return 1; fi
    [[ -n $DRY_RUN || -z $(listener "$CLIENT_PORT") ]]
}

# ---- a service ----

hand_service_back() {
    run rm -f "$OLLAMA_DROP_IN"
    if [[ -d $(dirname "$OLLAMA_DROP_IN") ]]; then run rmdir --ignore-fail-on-non-empty "$(dirname "$OLLAMA_DROP_IN")"; fi
    run systemctl daemon-reload
    if ! systemctl cat "$OLLAMA_UNIT" >/dev/null 2>&1; then
        say "$OLLAMA_UNIT is no longer there"
        return
    fi
    if is_port_to_return; then reset_port; fi
    run systemctl restart "$OLLAMA_UNIT"
    say_where_service_is
}

# Prints sed's address of lines that set the new port, and are no comment.
port_line() { echo "/^[^#;]*OLLAMA_HOST=[^ ]*:$OLLAMA_PORT\>/"; }

reset_port() {
    local file
    while read -r file; do
        run cp -a "$file" "$file.before-ohhhllama"
        run sed -i "$(port_line) s/\(OLLAMA_HOST=[^ ]*:\)$OLLAMA_PORT/\1$CLIENT_PORT/" "$file"
        say "$file set Ollama to port $OLLAMA_PORT: that is $CLIENT_PORT now; as it was, it is $file.before-ohhhllama"
    done < <(files_with_new_port)
    run systemctl daemon-reload
}

# Prints the files below /etc that put the service on the new port. What a package owns elsewhere is not changed.
files_with_new_port() {
    local file
    while read -r file; do
        if [[ $file == "$ROOT"/etc/* && $file != "$OLLAMA_DROP_IN" && -f $file && -n $(sed -n "$(port_line)p" "$file") ]]; then
            echo "$file"
        fi
    done < <(
        systemctl show "$OLLAMA_UNIT" -p FragmentPath -p DropInPaths --value | tr ' ' '\n'
        systemctl show "$OLLAMA_UNIT" -p EnvironmentFiles --value | sed 's/ (ignore_errors=.*//'
    )
}

# Its own settings may name a third port, or an address that cannot be asked from here.
say_where_service_is() {
    local port left=30
    if [[ -n $DRY_RUN ]]; then return; fi
    while ((left-- > 0)); do
        for port in "$CLIENT_PORT" "$OLLAMA_PORT"; do
            if is_ollama 127.0.0.1 "$port"; then
                say_port "$port"
                return
            fi
        done
        sleep 1
    done
    notice "the service has its own settings again, but answers neither on port $CLIENT_PORT nor on $OLLAMA_PORT:" \
        "look at systemctl cat $OLLAMA_UNIT and journalctl -u $OLLAMA_UNIT"
}

say_port() {
    if [[ $1 == "$CLIENT_PORT" ]]; then
        say "Ollama has port $CLIENT_PORT again"
    else
        notice "Ollama stays on port $1, as settings say that are not ohhhllama's: look at systemctl cat $OLLAMA_UNIT"
    fi
}

# ---- a container ----

return_container() {
    local old policy again=''
    old=$(inspect "{{index .Config.Labels \"$LABEL.before\"}}")
    if [[ -z $old || $old == "<no value>" ]]; then old=$CONTAINER-before-ohhhllama; fi
    policy=$(inspect "{{index .Config.Labels \"$LABEL.restart\"}}")
    if ! docker inspect "$old" >/dev/null 2>&1; then
        notice "$old is gone"
        publish_again
        return
    fi
    if CONTAINER=$old is_on_new_port && is_port_to_return; then again=1; fi
    run docker rm -f "$CONTAINER"
    run docker rename "$old" "$CONTAINER"
    run docker update --restart="${policy:-no}" "$CONTAINER"
    if [[ -n $again ]]; then
        publish_again
    else
        run docker start "$CONTAINER"
        say "the container $CONTAINER is as it was"
    fi
}

# It was on the new port before ohhhllama came, and nothing had to be changed.
return_foreign_container() {
    local project models
    if ! is_on_new_port || ! is_port_to_return; then return; fi
    project=$(compose_project)
    models=$(models_inside)
    if [[ -n $project ]]; then
        notice "the container $CONTAINER stays on port $OLLAMA_PORT: it belongs to the compose project $project," \
            "in whose file you may write $CLIENT_PORT instead"
    elif [[ -n $models ]]; then
        notice "the container $CONTAINER stays on port $OLLAMA_PORT: it has its models in itself, in $models," \
            "and one on port $CLIENT_PORT would be without them"
    else
        publish_again
    fi
}

# Prints ADDRESS:PORT of a container, running or not.
bindings() {
    if [[ $(inspect '{{.HostConfig.NetworkMode}}') == host ]]; then
        inspect '{{range .Config.Env}}{{println .}}{{end}}' | sed -n 's/^OLLAMA_HOST=//p'
    else
        inspect '{{range .HostConfig.PortBindings}}{{range .}}{{.HostIp}}:{{.HostPort}}{{println}}{{end}}{{end}}'
    fi
}

is_on_new_port() { bindings | grep -q ":$OLLAMA_PORT\$"; }

# The port of a container cannot be changed: one like it takes its place, on the same address.
publish_again() {
    local arguments=() old address
    old=$(name_for_old)
    address=$(bindings | sed -n "s/:$OLLAMA_PORT\$//p" | head -n 1)
    if container_has OLLAMA_NOPRUNE=1; then arguments=(-e OLLAMA_NOPRUNE=1); fi
    copy_arguments "${address:-0.0.0.0}:$CLIENT_PORT"
    replace_container "$old"
    say "the container $CONTAINER is on port $CLIENT_PORT now; the one on port $OLLAMA_PORT is kept, stopped, as $old"
}

# The container came with ohhhllama, the models in its volume are the person's.
return_own_container() {
    run docker rm -f "$CONTAINER"
    if [[ $KEEP == none ]] || { [[ $KEEP == ask ]] && agreed "Remove the container $CONTAINER, too? Its models stay."; }; then
        say "the container is removed; its models are in the volume ollama (docker volume rm ollama deletes them)"
    else
        run_own_container "$CLIENT_PORT"
        say "the container $CONTAINER is on port $CLIENT_PORT now"
    fi
}
