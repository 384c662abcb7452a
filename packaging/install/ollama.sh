# shellcheck shell=bash
# The Ollama of this machine: found, and moved to its new port; handback.sh gives it the old one. Its models stay where
# they are.
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
        refuse_models_inside
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
        awk -F '|' '$1 ~ /-before-ohhhllama(-[0-9]+)?$/ { next }
            $2 ~ /(^|\/)ollama\/ollama(:|@|$)/ || $1 == "ollama" { print $1; exit }'
}

inspect() { docker inspect --format "$1" "${2:-$CONTAINER}" 2>/dev/null; }

container_has_port() { docker port "$CONTAINER" 2>/dev/null | grep -q ":$1\$"; }

container_has() { inspect '{{range .Config.Env}}{{println .}}{{end}}' | grep -qx "$1"; }

is_container_moved() { container_has_port "$OLLAMA_PORT" && container_has OLLAMA_NOPRUNE=1; }

# Prints the name of the compose project the container belongs to.
compose_project() {
    local project
    project=$(inspect '{{index .Config.Labels "com.docker.compose.project"}}')
    if [[ $project != "<no value>" ]]; then echo "$project"; fi
}

refuse_compose() {
    local project
    project=$(compose_project)
    if [[ -z $project ]]; then return; fi
    if is_container_moved; then return; fi
    fail "the container $CONTAINER belongs to the compose project $project, whose file only you may change" \
        "Give its service  ports: [\"127.0.0.1:$OLLAMA_PORT:11434\"]  and  environment: [\"OLLAMA_NOPRUNE=1\"]," \
        "run  docker compose up -d  there, and run this again. Or put both into one file: docs/operations.md."
}

# Prints NAME:DIRECTORY of each volume and directory of the machine that the container sees.
mounts() {
    inspect '{{range .Mounts}}{{if eq .Type "volume"}}{{.Name}}{{else}}{{.Source}}{{end}}:{{.Destination}}{{println}}{{end}}'
}

# Prints the directory of the models if it is in the container itself, and not in one that takes its place.
models_inside() {
    local models mount
    models=$(inspect '{{range .Config.Env}}{{println .}}{{end}}' | sed -n 's/^OLLAMA_MODELS=//p')
    models=${models:-/root/.ollama/models}
    while read -r mount; do
        if [[ -n $mount && $models/ == "${mount##*:}"/* ]]; then return; fi
    done < <(mounts)
    echo "$models"
}

refuse_models_inside() {
    local models
    models=$(models_inside)
    if [[ -z $models ]] || is_container_moved; then return; fi
    fail "the container $CONTAINER has its models in itself, in $models: one on another port would be without them" \
        "Copy them out by docker cp, start it anew with a volume, as in -v ollama:/root/.ollama, and copy them into that." \
        "Then run this again."
}

# The old container is kept, stopped and under another name, so that it can be put back as it was.
move_container() {
    if is_container_moved; then
        say "it is on port $OLLAMA_PORT already"
        return
    fi
    local arguments=() policy old
    policy=$(restart_policy)
    old=$(name_for_old)
    arguments=(--label "$LABEL=moved" --label "$LABEL.before=$old" --label "$LABEL.restart=${policy:-no}" -e OLLAMA_NOPRUNE=1)
    copy_arguments "127.0.0.1:$OLLAMA_PORT"
    replace_container "$old"
    await_ollama
}

restart_policy() { inspect '{{.HostConfig.RestartPolicy.Name}}'; }

# Prints a name under which the container can be kept.
name_for_old() {
    local name=$CONTAINER-before-ohhhllama number=1
    while docker inspect "$name" >/dev/null 2>&1; do name=$CONTAINER-before-ohhhllama-$((++number)); done
    echo "$name"
}

# Starts one with "arguments" and keeps the old one, stopped, under another name.
replace_container() {
    local old=$1 image policy
    image=$(inspect '{{.Config.Image}}')
    policy=$(restart_policy)
    run docker stop "$CONTAINER"
    undo_by docker start "$CONTAINER"
    run docker rename "$CONTAINER" "$old"
    undo_by docker rename "$old" "$CONTAINER"
    undo_by docker rm -f "$CONTAINER"
    run docker run -d --name "$CONTAINER" "${arguments[@]}" "$image"
    undo_by docker update --restart="${policy:-no}" "$old"
    run docker update --restart=no "$old"
}

# Adds to "arguments", which the caller has, what the container was started with; it is to listen on ADDRESS:PORT.
copy_arguments() {
    local line network policy
    policy=$(restart_policy)
    arguments+=(--restart "${policy:-unless-stopped}")
    while read -r line; do
        if [[ -n $line ]]; then arguments+=(-v "$line"); fi
    done < <(mounts)
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
        host) arguments+=(--network host -e "OLLAMA_HOST=$1") ;;
        default | bridge | '') arguments+=(-p "$1:11434") ;;
        *) arguments+=(--network "$network" -p "$1:11434") ;;
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
