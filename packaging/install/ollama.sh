# shellcheck shell=bash
# The Ollama of this machine: found, moved to its new port, and given its old one back. Its models stay where they are.
#
# OLLAMA is what was found: native (a service of systemd), docker (a container), none, or elsewhere (--backend).

CONTAINER=
OLLAMA_IMAGE=ollama/ollama
LABEL=io.github.ohhhllama

# Decides what there is, and stops at what cannot be handled, before anything is changed.
find_ollama() {
    local holder
    holder=$(listener "$LISTEN_PORT")
    if [[ -n $BACKEND_GIVEN ]] || ! is_own_backend; then
        OLLAMA=elsewhere
        say "Ollama is elsewhere, and left as it is: $BACKEND"
    elif systemctl cat "$OLLAMA_UNIT" >/dev/null 2>&1; then
        OLLAMA=native
        say "Ollama is a service of this machine"
    elif CONTAINER=$(find_container) && [[ -n $CONTAINER ]]; then
        OLLAMA=docker
        say "Ollama is the container $CONTAINER"
        refuse_compose
    else
        OLLAMA=none
        say "no Ollama was found as a service or a container"
        if is_ollama 127.0.0.1 "$OLLAMA_PORT"; then
            OLLAMA=elsewhere
            say "but one answers on port $OLLAMA_PORT, and is used as it is"
        fi
    fi
    refuse_stranger "$holder"
}

# Only Ollama and the proxy may be on the port.
refuse_stranger() {
    local holder=$1
    if [[ -z $holder ]] || is_running; then return; fi
    # Who is not root does not see the name.
    if [[ $OLLAMA == native ]] && { [[ $holder == "ollama "* ]] || is_ollama 127.0.0.1 "$LISTEN_PORT"; }; then return; fi
    if [[ $OLLAMA == docker ]] && container_has_port "$LISTEN_PORT"; then return; fi
    refuse_port "$holder"
}

refuse_port() {
    if is_ollama 127.0.0.1 "$LISTEN_PORT"; then
        fail "port $LISTEN_PORT belongs to an Ollama that is neither a service nor a container: $1" \
            "Stop it and start it as: OLLAMA_HOST=127.0.0.1:$OLLAMA_PORT OLLAMA_NOPRUNE=1 ollama serve" \
            "Then run this again."
    fi
    fail "port $LISTEN_PORT is in use, and not by Ollama: $1" \
        "End that, or choose another port by --listen 127.0.0.1:PORT."
}

# What Ollama shared with the network stays shared; called before it is moved.
listen_as_ollama_did() {
    local host=
    if [[ -n $LISTEN_GIVEN || -e $(CONF) ]]; then return; fi
    case $OLLAMA in
        native) host=$(native_host) ;;
        docker) host=$(docker port "$CONTAINER" 11434/tcp 2>/dev/null | head -n 1) && host=${host%:*} ;;
    esac
    case $host in
        0.0.0.0 | :: | '[::]')
            LISTEN_HOST=0.0.0.0
            notice "Ollama was reachable from the network, so the proxy will be: LISTEN_HOST=0.0.0.0"
            ;;
    esac
}

# Prints the host part of OLLAMA_HOST as the service has it.
native_host() {
    local value
    value=$(systemctl show "$OLLAMA_UNIT" -p Environment --value 2>/dev/null | tr ' ' '\n' |
        sed -n 's/^"\{0,1\}OLLAMA_HOST=\([^"]*\)"\{0,1\}$/\1/p' | tail -n 1)
    value=${value#*://}
    echo "${value%:*}"
}

move_ollama() {
    case $OLLAMA in
        native) move_service ;;
        docker) move_container ;;
        none) offer_container ;;
        elsewhere) say "left as it is: $BACKEND" ;;
    esac
}

# ---- a service ----

move_service() {
    if [[ -e $OLLAMA_DROP_IN ]] && is_ollama 127.0.0.1 "$OLLAMA_PORT"; then
        say "it is on port $OLLAMA_PORT already"
        return
    fi
    undo_by return_service
    put_file "$OLLAMA_DROP_IN" 0644 <<END
# Written by ohhhllama, which listens on Ollama's own port. Its uninstall.sh takes this away again.
[Service]
Environment=OLLAMA_HOST=127.0.0.1:$OLLAMA_PORT
# Interrupted downloads go on after a restart.
Environment=OLLAMA_NOPRUNE=1
END
    run systemctl daemon-reload
    run systemctl restart "$OLLAMA_UNIT"
    await_ollama
}

return_service() {
    rm -f "$OLLAMA_DROP_IN"
    rmdir --ignore-fail-on-non-empty "$(dirname "$OLLAMA_DROP_IN")" 2>/dev/null || true
    systemctl daemon-reload
    systemctl restart "$OLLAMA_UNIT"
}

await_ollama() {
    if [[ -n $DRY_RUN ]]; then return; fi
    wait_for_ollama 127.0.0.1 "$OLLAMA_PORT" 60 || fail "Ollama does not answer on port $OLLAMA_PORT" \
        "Look at: journalctl -u ollama, or docker logs ${CONTAINER:-ollama}"
    say "Ollama answers on port $OLLAMA_PORT"
}

# ---- a container ----

# Prints the name of the container that runs Ollama: by its image, or the name everybody gives it.
find_container() {
    has docker || return 1
    docker ps -a --format '{{.Names}}|{{.Image}}' 2>/dev/null |
        awk -F '|' '$1 ~ /-before-ohhhllama$/ { next }
            $2 ~ /(^|\/)ollama\/ollama(:|@|$)/ || $1 == "ollama" { print $1; exit }'
}

inspect() { docker inspect --format "$1" "${2:-$CONTAINER}" 2>/dev/null; }

container_has_port() { docker port "$CONTAINER" 2>/dev/null | grep -q ":$1\$"; }

container_has() { inspect '{{range .Config.Env}}{{println .}}{{end}}' | grep -qx "$1"; }

refuse_compose() {
    local project
    project=$(inspect '{{index .Config.Labels "com.docker.compose.project"}}')
    if [[ -z $project || $project == "<no value>" ]]; then return; fi
    if container_has_port "$OLLAMA_PORT" && container_has OLLAMA_NOPRUNE=1; then return; fi
    fail "the container $CONTAINER belongs to the compose project $project, whose file only you may change" \
        "Give its service  ports: [\"127.0.0.1:$OLLAMA_PORT:11434\"]  and  environment: [\"OLLAMA_NOPRUNE=1\"]," \
        "run  docker compose up -d  there, and run this again. Or put both into one file: docs/operations.md."
}

# The old container is kept, stopped and under another name, so that it can be put back as it was.
move_container() {
    if container_has_port "$OLLAMA_PORT" && container_has OLLAMA_NOPRUNE=1; then
        say "it is on port $OLLAMA_PORT already"
        return
    fi
    local arguments=() image policy
    image=$(inspect '{{.Config.Image}}')
    policy=$(inspect '{{.HostConfig.RestartPolicy.Name}}')
    copy_arguments
    run docker stop "$CONTAINER"
    undo_by docker start "$CONTAINER"
    run docker rename "$CONTAINER" "$CONTAINER-before-ohhhllama"
    undo_by docker rename "$CONTAINER-before-ohhhllama" "$CONTAINER"
    undo_by docker rm -f "$CONTAINER"
    run docker run -d --name "$CONTAINER" --label "$LABEL=moved" "${arguments[@]}" "$image"
    undo_by docker update --restart="${policy:-no}" "$CONTAINER-before-ohhhllama"
    run docker update --restart=no "$CONTAINER-before-ohhhllama"
    await_ollama
}

# Puts what the container was started with into "arguments", which move_container has, as it has "policy".
copy_arguments() {
    local line network
    arguments+=(--restart "${policy:-unless-stopped}" --label "$LABEL.restart=${policy:-no}" -e OLLAMA_NOPRUNE=1)
    while read -r line; do
        if [[ -n $line ]]; then arguments+=(-v "$line"); fi
    done < <(inspect '{{range .Mounts}}{{if eq .Type "volume"}}{{.Name}}{{else}}{{.Source}}{{end}}:{{.Destination}}{{println}}{{end}}')
    while read -r line; do
        case $line in OLLAMA_HOST=* | OLLAMA_NOPRUNE=* | '') ;; *) arguments+=(-e "$line") ;; esac
    done < <(comm -23 <(inspect '{{range .Config.Env}}{{println .}}{{end}}' | sort) \
        <(inspect '{{range .Config.Env}}{{println .}}{{end}}' "$(inspect '{{.Image}}')" | sort))
    if [[ $(inspect '{{len .HostConfig.DeviceRequests}}') == [1-9]* ]]; then arguments+=(--gpus all); fi
    while read -r line; do
        if [[ -n $line ]]; then arguments+=(--device "$line"); fi
    done < <(inspect '{{range .HostConfig.Devices}}{{.PathOnHost}}:{{.PathInContainer}}{{println}}{{end}}')
    network=$(inspect '{{.HostConfig.NetworkMode}}')
    case $network in
        host) arguments+=(--network host -e "OLLAMA_HOST=127.0.0.1:$OLLAMA_PORT") ;;
        default | bridge | '') arguments+=(-p "127.0.0.1:$OLLAMA_PORT:11434") ;;
        *) arguments+=(--network "$network" -p "127.0.0.1:$OLLAMA_PORT:11434") ;;
    esac
}

# Nothing is here: Docker can bring it.
offer_container() {
    if [[ -n $NO_DOCKER ]] || ! agreed "Set Ollama up in a container of Docker (a download of some gigabytes)?"; then
        notice "there is no Ollama yet: the proxy waits for one at $BACKEND"
        return
    fi
    if ! has docker; then
        apt_install docker.io || fail "Docker could not be installed" "Install it, or Ollama, and run this again."
    fi
    CONTAINER=ollama
    undo_by docker rm -f "$CONTAINER"
    run_own_container "$OLLAMA_PORT"
    OLLAMA=docker
    await_ollama
}

run_own_container() {
    local gpus=()
    if docker info 2>/dev/null | grep -q 'Runtimes:.*nvidia'; then gpus=(--gpus all); fi
    run docker run -d --name "$CONTAINER" --label "$LABEL=made" --restart unless-stopped \
        -p "127.0.0.1:$1:11434" -v ollama:/root/.ollama -e OLLAMA_NOPRUNE=1 "${gpus[@]}" "$OLLAMA_IMAGE"
}

# ---- giving the port back ----

return_ollama() {
    if [[ -e $OLLAMA_DROP_IN ]]; then
        run rm -f "$OLLAMA_DROP_IN"
        run rmdir --ignore-fail-on-non-empty "$(dirname "$OLLAMA_DROP_IN")"
        run systemctl daemon-reload
        run systemctl restart "$OLLAMA_UNIT"
        say "the service has its own port again"
    fi
    if CONTAINER=$(find_container) && [[ -n $CONTAINER ]]; then
        case $(inspect "{{index .Config.Labels \"$LABEL\"}}") in
            moved) return_container ;;
            made) return_own_container ;;
        esac
    fi
}

return_container() {
    local old=$CONTAINER-before-ohhhllama policy
    policy=$(inspect "{{index .Config.Labels \"$LABEL.restart\"}}")
    docker inspect "$old" >/dev/null 2>&1 || {
        notice "$old is gone, so $CONTAINER stays on port $OLLAMA_PORT"
        return
    }
    run docker rm -f "$CONTAINER"
    run docker rename "$old" "$CONTAINER"
    run docker update --restart="${policy:-no}" "$CONTAINER"
    run docker start "$CONTAINER"
    say "the container $CONTAINER is as it was"
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
