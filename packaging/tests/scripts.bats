#!/usr/bin/env bats
# What the scripts say without touching a machine. Needs neither root nor a network, but PAYLOAD as in install.bats.

# shellcheck disable=SC2016 # what stands in single quotes is for another shell
bats_require_minimum_version 1.5.0

setup() {
    clone=$BATS_TEST_DIRNAME/../..
    installer=$clone/install.sh
}

# Runs functions of the installer with settings of a clean start.
installer_function() {
    bash -c 'set -Eeuo pipefail
        DRY_RUN= ASSUME_YES= NO_DOCKER= KEEP=ask LISTEN_GIVEN= BACKEND_GIVEN= PAYLOAD=
        LISTEN_HOST=127.0.0.1 LISTEN_PORT=11434 BACKEND=http://127.0.0.1:11435
        OHHHLLAMA_ROOT=$1
        for part in "$2"/packaging/install/*.sh; do . "$part"; done
        shift 2
        eval "$1"' installer "$BATS_TEST_TMPDIR" "$clone" "$@"
}

@test "help names every option" {
    run bash "$installer" --help
    [ "$status" -eq 0 ]
    for option in --dry-run --yes --no-docker --listen --backend --prefix --uninstall --keep-data --purge; do
        [[ $output == *"$option"* ]]
    done
}

@test "an unknown option, and values that are none, change nothing" {
    run bash "$installer" --dry-runn
    [ "$status" -eq 2 ]
    [[ $output == *"there is no option --dry-runn"* ]]
    run bash "$installer" --listen 'a b'
    [ "$status" -eq 2 ]
    [[ $output == *'--listen is "a b", expected HOST, HOST:PORT or PORT'* ]]
    run bash "$installer" --backend https://elsewhere
    [ "$status" -eq 2 ]
    run bash "$installer" --prefix relative
    [ "$status" -eq 2 ]
    run bash "$installer" --prefix
    [ "$status" -eq 2 ]
}

@test "another distribution is refused by name" {
    mkdir -p "$BATS_TEST_TMPDIR/etc"
    printf 'ID=fedora\nPRETTY_NAME="Fedora Linux 41"\n' >"$BATS_TEST_TMPDIR/etc/os-release"
    run installer_function require_distribution
    [ "$status" -ne 0 ]
    [[ $output == *"not for Fedora Linux 41"* ]]
    printf 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="18.04"\nPRETTY_NAME="Ubuntu 18.04"\n' >"$BATS_TEST_TMPDIR/etc/os-release"
    run installer_function require_distribution
    [[ $output == *"Ubuntu 20.04 or newer is needed"* ]]
    printf 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22"\nPRETTY_NAME="Linux Mint 22"\n' >"$BATS_TEST_TMPDIR/etc/os-release"
    run installer_function require_distribution
    [ "$status" -eq 0 ]
}

@test "what was done is undone in reverse order, and all of it even if a part fails" {
    run installer_function 'undo_by echo first; undo_by false; undo_by echo third; undo_unless_whole 1'
    [[ $output == *third*"that did not work: false"*first* ]]
    run installer_function 'undo_by echo first; keep_all; undo_unless_whole 1'
    [ "$output" = "" ]
}

@test "a dry run writes no file" {
    run installer_function 'DRY_RUN=1; echo text | put_file '"$BATS_TEST_TMPDIR"'/x/y 0644; run touch '"$BATS_TEST_TMPDIR/z"
    [ "$status" -eq 0 ]
    [[ $output == *"would write"*"| text"*"would run: touch"* ]]
    [ ! -e "$BATS_TEST_TMPDIR/x" ]
    [ ! -e "$BATS_TEST_TMPDIR/z" ]
}

@test "a dry removal ends by saying that nothing was changed, whatever it said before" {
    mkdir -p "$BATS_TEST_TMPDIR/opt/ohhhllama"
    touch "$BATS_TEST_TMPDIR/opt/ohhhllama/ohhhllama.conf"
    run env OHHHLLAMA_ROOT="$BATS_TEST_TMPDIR" bash "$installer" --uninstall --purge --dry-run
    [ "$status" -eq 0 ]
    [ "${lines[-1]}" = "   Nothing was changed." ]
    [ -e "$BATS_TEST_TMPDIR/opt/ohhhllama/ohhhllama.conf" ]
}

@test "a settings file is read as the program reads it" {
    mkdir -p "$BATS_TEST_TMPDIR/opt/ohhhllama"
    printf '# LISTEN_PORT=1\nLISTEN_PORT=2\nexport LISTEN_PORT="12000"\nOLLAMA_BACKEND=http://gpu:11434\n' \
        >"$BATS_TEST_TMPDIR/opt/ohhhllama/ohhhllama.conf"
    run installer_function 'take_settings_of_before; echo "$LISTEN_PORT $BACKEND"; is_own_backend || echo elsewhere'
    [ "$output" = $'12000 http://gpu:11434\nelsewhere' ]
}

@test "a database elsewhere is opened for the sandbox" {
    mkdir -p "$BATS_TEST_TMPDIR/opt/ohhhllama"
    echo DB_PATH=/data/queue/q.db >"$BATS_TEST_TMPDIR/opt/ohhhllama/ohhhllama.conf"
    run installer_function "PAYLOAD=$clone/packaging; unit_text"
    [[ $output == *$'[Service]\nReadWritePaths=/data/queue' ]]
}

@test "a queue elsewhere is saved, put back and purged where it is, and its neighbours are left alone" {
    mkdir -p "$BATS_TEST_TMPDIR/opt/ohhhllama" "$BATS_TEST_TMPDIR/data/queue" "$BATS_TEST_TMPDIR/var/lib/ohhhllama"
    cd "$BATS_TEST_TMPDIR/data/queue"
    echo 'DB_PATH="/data/queue/q.db"' >"$BATS_TEST_TMPDIR/opt/ohhhllama/ohhhllama.conf"
    sqlite3 q.db <"$BATS_TEST_DIRNAME/machine/predecessor.sql"
    sqlite3 q.db.mine 'create table letters (text)'
    touch q.db-wal q.db-shm q.db.predecessor-20260101T000000Z q.db2
    before=$(sha256sum q.db)
    installer_function 'save_database; echo broken >"$(database)"; restore_database "$(database)"'
    [ "$(sha256sum q.db)" = "$before" ]
    installer_function 'delete_database "$(database)"'
    [ "$(echo *)" = 'q.db.mine q.db2' ]
}

@test "what is no queue is not purged, whatever DB_PATH says" {
    mkdir -p "$BATS_TEST_TMPDIR/opt/ohhhllama"
    cd "$BATS_TEST_TMPDIR"
    sqlite3 letters.db 'create table letters (text)'
    echo text >letters.txt
    for name in letters.db letters.txt opt; do
        echo "DB_PATH=/$name" >"$BATS_TEST_TMPDIR/opt/ohhhllama/ohhhllama.conf"
        run installer_function 'delete_database "$(database)"'
        [[ $output == *"/$name is not a queue of ohhhllama, and is left alone"* ]]
        [ -e "$name" ]
    done
}

@test "what was replaced by links is forgotten at the end, manual pages too" {
    mkdir -p "$BATS_TEST_TMPDIR/usr/local/bin" "$BATS_TEST_TMPDIR/usr/local/share/man/man1"
    cd "$BATS_TEST_TMPDIR/usr/local"
    echo old >bin/ohhhllama
    echo old >share/man/man1/ohhhllama-add.1
    installer_function "PAYLOAD=$PAYLOAD; link_program; forget_replaced_files"
    [ "$(readlink bin/ohhhllama)" = "$BATS_TEST_TMPDIR/opt/ohhhllama/bin/ohhhllama" ]
    [ -L share/man/man1/ohhhllama-add.1 ]
    [ -z "$(find "$BATS_TEST_TMPDIR" -name '*.before-ohhhllama')" ]
}

@test "that the predecessor was open to the network is said, and kept only by a yes" {
    mkdir -p "$BATS_TEST_TMPDIR/opt/ohhhllama"
    file=$BATS_TEST_TMPDIR/opt/ohhhllama/ohhhllama.conf
    touch "$BATS_TEST_TMPDIR/opt/ohhhllama/proxy.py"
    printf 'LISTEN_PORT=11434' >"$file"
    run installer_function 'agreed() { return 1; }; settle_reach'
    [[ $output == *"could be reached from the network"*"write LISTEN_HOST=0.0.0.0 into $file"* ]]
    [ "$(cat "$file")" = LISTEN_PORT=11434 ]
    run installer_function 'ASSUME_YES=1; settle_reach; undo_unless_whole 1'
    [ "$(cat "$file")" = LISTEN_PORT=11434 ]
    installer_function 'ASSUME_YES=1; settle_reach'
    [ "$(cat "$file")" = $'LISTEN_PORT=11434\nLISTEN_HOST=0.0.0.0' ]
    run installer_function 'settle_reach'
    [ "$output" = "" ]
}

# A systemctl that writes down what it is asked, and knows three files of Ollama's.
stand_in_for_systemctl() {
    mkdir -p "$BATS_TEST_TMPDIR/bin" "$BATS_TEST_TMPDIR/etc/systemd/system/ollama.service.d" "$BATS_TEST_TMPDIR/etc/default"
    cat >"$BATS_TEST_TMPDIR/bin/systemctl" <<'END'
#!/bin/sh
root=$(dirname "$(dirname "$0")")
echo "$*" >>"$root/systemctl.log"
case $* in
    *DropInPaths*) printf '/usr/lib/systemd/system/ollama.service\n%s %s\n' "$root/etc/systemd/system/ollama.service.d/mine.conf" \
        "$root/etc/systemd/system/ollama.service.d/port.conf" ;;
    *EnvironmentFiles*) echo "$root/etc/default/ollama (ignore_errors=yes)" ;;
esac
END
    chmod +x "$BATS_TEST_TMPDIR/bin/systemctl"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

@test "a service that was on the new port before ohhhllama came gets the old one, and what said otherwise is kept" {
    stand_in_for_systemctl
    cd "$BATS_TEST_TMPDIR/etc/systemd/system/ollama.service.d"
    printf '[Service]\n#Environment=OLLAMA_HOST=127.0.0.1:11435\nEnvironment="OLLAMA_HOST=0.0.0.0:11435" A=x:11435\n' >port.conf
    printf '[Service]\nEnvironment=OLLAMA_HOST=10.0.0.1:114350\n' >mine.conf
    echo OLLAMA_HOST=127.0.0.1:11435 >"$BATS_TEST_TMPDIR/etc/default/ollama"
    touch zz-ohhhllama.conf
    cp port.conf "$BATS_TEST_TMPDIR/port.conf"
    run installer_function 'listener() { :; }; is_ollama() { [[ $2 == 11434 ]]; }; return_ollama'
    [ "$status" -eq 0 ]
    [[ $output == *"port.conf set Ollama to port 11435: that is 11434 now; as it was, it is $PWD/port.conf.before-ohhhllama"* ]]
    [[ $output == *"Ollama has port 11434 again"* ]]
    [ "$(tail -n 2 port.conf)" = $'#Environment=OLLAMA_HOST=127.0.0.1:11435\nEnvironment="OLLAMA_HOST=0.0.0.0:11434" A=x:11435' ]
    cmp port.conf.before-ohhhllama "$BATS_TEST_TMPDIR/port.conf"
    [ "$(cat "$BATS_TEST_TMPDIR/etc/default/ollama")" = OLLAMA_HOST=127.0.0.1:11434 ]
    [ "$(echo *)" = 'mine.conf port.conf port.conf.before-ohhhllama' ]
    [ "$(tail -n 1 "$BATS_TEST_TMPDIR/systemctl.log")" = 'restart ollama.service' ]
}

@test "if the old port cannot be given back, that is what is said" {
    stand_in_for_systemctl
    echo OLLAMA_HOST=127.0.0.1:11435 >"$BATS_TEST_TMPDIR/etc/default/ollama"
    touch "$BATS_TEST_TMPDIR/etc/systemd/system/ollama.service.d/zz-ohhhllama.conf"
    run installer_function 'listener() { echo "web-server (process 7)"; }; is_ollama() { [[ $2 == 11435 ]]; }; return_ollama'
    [[ $output == *"Ollama stays on port 11435"* ]]
    [[ $output != *"has port 11434 again"* ]]
    [ "$(cat "$BATS_TEST_TMPDIR/etc/default/ollama")" = OLLAMA_HOST=127.0.0.1:11435 ]
}

# Functions of the installer with containers below the test's directory.
among_containers() {
    mkdir -p "$BATS_TEST_TMPDIR/bin"
    cp "$BATS_TEST_DIRNAME/machine/docker" "$BATS_TEST_TMPDIR/bin/"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH DOCKER_STAND_IN=$BATS_TEST_TMPDIR/containers OLLAMA_STAND_IN='sleep 60' \
        installer_function "wait_for_ollama() { :; }; listener() { :; }; is_ollama() { return 1; }; $1"
}

@test "a container that was on the new port before is published on the old one, and kept" {
    run among_containers 'docker stand-in ollama ollama/ollama 127.0.0.1:11435
        OLLAMA=docker CONTAINER=ollama; move_ollama; return_ollama'
    [ "$status" -eq 0 ]
    [[ $output == *"the container ollama is on port 11434 now; the one on port 11435 is kept, stopped, as ollama-before-ohhhllama"* ]]
    cd "$BATS_TEST_TMPDIR/containers"
    [ "$(cat ollama/host ollama/mounts ollama/env ollama/restart)" = $'127.0.0.1:11434\nmodels:/root/.ollama\nOLLAMA_KEEP_ALIVE=1h\nalways' ]
    [ "$(cat ollama-before-ohhhllama/host ollama-before-ohhhllama/restart)" = $'127.0.0.1:11435\nno' ]
    [ ! -e ollama-before-ohhhllama/pid ]
    # And once more, with the kept one there.
    run among_containers 'OLLAMA=docker CONTAINER=ollama; move_ollama; return_ollama; docker rm -f ollama'
    [ "$status" -eq 0 ]
    [[ $output == *"the container ollama is as it was"* ]]
    [ "$(cat ollama-before-ohhhllama/host)" = 127.0.0.1:11435 ]
}

@test "a container that has its models in itself is not replaced, as they would be gone" {
    run among_containers 'docker stand-in ollama ollama/ollama 11434; : >"$DOCKER_STAND_IN/ollama/mounts"
        CONTAINER=ollama; trap "docker rm -f ollama" EXIT; refuse_models_inside'
    [ "$status" -ne 0 ]
    [[ $output == *"has its models in itself, in /root/.ollama/models"* ]]
    run among_containers 'docker stand-in ollama ollama/ollama 11435; echo OLLAMA_NOPRUNE=1 >>"$DOCKER_STAND_IN/ollama/env"
        echo /data:/data >"$DOCKER_STAND_IN/ollama/mounts"; return_ollama; docker rm -f ollama'
    [[ $output == *"stays on port 11435: it has its models in itself"* ]]
}

@test "so is one on the new port that nothing had to be changed about; one of a compose file is its owner's" {
    run among_containers 'docker stand-in ollama ollama/ollama 11435
        echo OLLAMA_NOPRUNE=1 >>"$DOCKER_STAND_IN/ollama/env"; OLLAMA=docker CONTAINER=ollama; move_ollama; return_ollama'
    [[ $output == *"it is on port 11435 already"*"is on port 11434 now"* ]]
    [ "$(cat "$BATS_TEST_TMPDIR/containers/ollama/host")" = 0.0.0.0:11434 ]
    run among_containers 'docker rm -f ollama; docker stand-in ollama ollama/ollama 11435 chat; return_ollama; docker rm -f ollama'
    [[ $output == *"the container ollama stays on port 11435: it belongs to the compose project chat"* ]]
}

@test "the example has every value of a new installation, and the program accepts it" {
    run installer_function "PAYLOAD=$clone/packaging; LISTEN_HOST=0.0.0.0 LISTEN_PORT=12000 BACKEND=http://gpu:1; conf_for_here"
    [[ $output == *$'\nLISTEN_HOST=0.0.0.0\nLISTEN_PORT=12000\n'* ]]
    [[ $output == *$'\nOLLAMA_BACKEND=http://gpu:1\n'* ]]
    sed 's/^#\([A-Z_]*=\)/\1/' "$clone/packaging/ohhhllama.conf.example" >"$BATS_TEST_TMPDIR/all.conf"
    run "$PAYLOAD/bin/ohhhllama" check-config --config "$BATS_TEST_TMPDIR/all.conf"
    [ "$status" -eq 0 ]
}

@test "the installed command runs from anywhere, through links" {
    ln -s "$PAYLOAD/bin/ohhhllama" "$BATS_TEST_TMPDIR/ohhhllama"
    cd /
    run "$BATS_TEST_TMPDIR/ohhhllama" version
    [ "$status" -eq 0 ]
    [[ $output == "ohhhllama $(cat "$PAYLOAD/VERSION")"* ]]
}

@test "every command has a manual page, and the completion knows it" {
    while read -r command; do
        [ -s "$PAYLOAD/share/man/man1/ohhhllama-$command.1" ]
        grep -q "$command" "$PAYLOAD/share/bash-completion/ohhhllama"
    done < <("$PAYLOAD/bin/ohhhllama" --help | sed -n '/^Commands:/,/^Exit codes:/s/^  \([a-z][a-z-]*\) .*/\1/p')
    bash -n "$PAYLOAD/share/bash-completion/ohhhllama"
}

@test "the unit is valid, and its exposure at most 2.5" {
    mkdir -p "$BATS_TEST_TMPDIR/units"
    # What it names need not be installed here.
    sed 's|^ExecStart=.*|ExecStart=/bin/true|; s|man:ohhhllama(1) ||' "$clone/packaging/systemd/ollama-proxy.service" \
        >"$BATS_TEST_TMPDIR/units/ollama-proxy.service"
    run systemd-analyze verify --man=no "$BATS_TEST_TMPDIR/units/ollama-proxy.service"
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    systemd-analyze security --offline=true --threshold=25 --no-pager "$clone/packaging/systemd/ollama-proxy.service"
}

@test "the compose file brings up what the image and the proxy know" {
    grep -q 'OLLAMA_BACKEND: http://ollama:11434' "$clone/packaging/compose.yaml"
    if docker compose version >/dev/null 2>&1; then docker compose -f "$clone/packaging/compose.yaml" config --quiet; fi
}
