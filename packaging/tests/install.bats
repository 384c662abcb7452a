#!/usr/bin/env bats
# Installs, upgrades, breaks and removes for real, in a small Debian with a real systemd (machine.sh).
# The tests go on from each other, as a year with the program does. They need root and the namespaces of Linux:
#
#   ROOTS=/var/tmp/ohhhllama-roots PAYLOAD=directory-of-payload.sh bats packaging/tests/install.bats

# shellcheck disable=SC2016 # what stands in single quotes is for the shell in the machine
bats_require_minimum_version 1.5.0

setup_file() {
    load machine.bash
    boot_machine install
    bring_program
}

setup() { load machine.bash; }

teardown_file() { "$MACHINE" stop "$WORK"; }

@test "a dry run shows every step and changes nothing" {
    before=$(look)
    run installing --dry-run
    [ "$status" -eq 0 ]
    [[ $output == *"would run: apt-get install"* ]]
    [[ $output == *"would write: /etc/systemd/system/ollama.service.d/zz-ohhhllama.conf"* ]]
    [[ $output == *"would write: /etc/systemd/system/ollama-proxy.service"* ]]
    [[ $output == *"Nothing was changed."* ]]
    [ "$(look)" = "$before" ]
}

@test "whoever is on the port and is not Ollama is named, and nothing is done" {
    inside systemctl stop ollama
    inside sh -c 'OLLAMA_HOST=127.0.0.1:11434 setsid perl -e "
        use IO::Socket::INET; \$0 = q(web-server);
        my \$s = IO::Socket::INET->new(LocalAddr => q(127.0.0.1), LocalPort => 11434, Listen => 5, ReuseAddr => 1);
        while (my \$c = \$s->accept) { close \$c }" >/dev/null 2>&1 & echo $! >/tmp/stranger; sleep 1'
    before=$(look)
    run installing
    [ "$status" -ne 0 ]
    [[ $output == *"port 11434 is in use, and not by Ollama: web-server (process "* ]]
    [ "$(look)" = "$before" ]
    inside sh -c 'kill $(cat /tmp/stranger); systemctl start ollama'
    until_answers 11434
}

@test "one command leaves a hardened service in front of Ollama" {
    run installing
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $(ask GET http://127.0.0.1:11434/api/version) == *0.13.0* ]]
    [[ $(ask GET http://127.0.0.1:11435/api/noprune) == '"1"' ]]
    [[ $(ask GET http://127.0.0.1:11434/api/health) == *'"status":"healthy"'* ]]
    [ "$(inside systemctl is-enabled ollama-proxy)" = enabled ]
}

@test "files and modes are those of the documentation" {
    [ "$(mode_of /var/lib/ohhhllama)" = "750 ohhhllama:ohhhllama" ]
    [ "$(mode_of /var/lib/ohhhllama/queue.db)" = "640 ohhhllama:ohhhllama" ]
    [ "$(mode_of /var/lib/ohhhllama/queue.db-wal)" = "640 ohhhllama:ohhhllama" ]
    [ "$(mode_of /opt/ohhhllama/ohhhllama.conf)" = "640 root:ohhhllama" ]
    [ -z "$(inside find /opt/ohhhllama ! -type l -perm /022)" ]
    [ -z "$(inside find /opt/ohhhllama ! -user root)" ]
    inside test -s /opt/ohhhllama/lib/classes.jsa
    inside man -w ohhhllama ohhhllama-serve
    inside bash -c '. /usr/share/bash-completion/completions/ohhhllama && complete -p ohhhllama'
}

@test "the sandbox is in force, with SQLite and the compiler at work in it" {
    process=$(inside systemctl show -p MainPID --value ollama-proxy)
    run inside grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):' "/proc/$process/status"
    [[ $output != *$'Uid:\t0\t'* ]]
    [[ $output == *$'CapEff:\t0000000000000000'* ]]
    [[ $output == *$'CapBnd:\t0000000000000000'* ]]
    [[ $output == *$'NoNewPrivs:\t1'* ]]
    [[ $output == *$'Seccomp:\t2'* ]]
    run ! inside nsenter -t "$process" -m -- touch /opt/ohhhllama/x /etc/x
    # Not by --threshold, which Ubuntu 20.04 does not have.
    exposure=$(inside systemd-analyze security --no-pager ollama-proxy | sed -n 's/.*level for .*: \([0-9.]*\) .*/\1/p')
    [ -n "$exposure" ]
    [ "${exposure/./}" -le 25 ]
    inside grep -q libsqlitejdbc "/proc/$process/maps"
    # The sign of life came, so answers came from a JIT-compiled, database-backed program.
    [ -n "$(inside systemctl show -p WatchdogTimestamp --value ollama-proxy)" ]
}

@test "a queued model is there after a restart, and after kill -9" {
    inside ohhhllama add mistral
    inside systemctl restart ollama-proxy
    [[ $(inside ohhhllama queue) == *mistral* ]]
    inside sh -c 'kill -9 "$(systemctl show -p MainPID --value ollama-proxy)"'
    sleep 6
    until_answers 11434
    [[ $(inside ohhhllama queue) == *mistral* ]]
}

@test "a reload takes changed settings over, names what takes a restart, and leaves the process alone" {
    process=$(inside systemctl show -p MainPID --value ollama-proxy)
    inside sh -c 'cp -p /opt/ohhhllama/ohhhllama.conf /root/conf.before &&
        printf "RATE_LIMIT=9\nLISTEN_PORT=11499\n" >>/opt/ohhhllama/ohhhllama.conf && systemctl reload ollama-proxy'
    left=200
    until [[ $(inside journalctl -u ollama-proxy --no-pager -o cat) == *"Read the settings again."* ]]; do
        ((left-- > 0))
        sleep 0.2
    done
    run inside journalctl -u ollama-proxy --no-pager -o cat
    [[ $output == *'RATE_LIMIT is "9" now'* && $output == *'LISTEN_PORT stays "11434"'* ]]
    inside sh -c 'cp -p /root/conf.before /opt/ohhhllama/ohhhllama.conf && systemctl reload ollama-proxy'
    until_answers 11434
    [ "$(inside systemctl show -p MainPID --value ollama-proxy)" = "$process" ]
}

@test "a service that hangs is replaced by the watchdog" {
    inside sh -c 'mkdir -p /run/systemd/system/ollama-proxy.service.d &&
        printf "[Service]\nWatchdogSec=15\nTimeoutAbortSec=2\n" >/run/systemd/system/ollama-proxy.service.d/short.conf &&
        systemctl daemon-reload && systemctl restart ollama-proxy'
    process=$(inside systemctl show -p MainPID --value ollama-proxy)
    sleep 16
    [ "$(inside systemctl show -p MainPID --value ollama-proxy)" = "$process" ]
    inside sh -c "kill -STOP $process"
    left=60
    until [[ $(inside systemctl show -p NRestarts --value ollama-proxy) != 0 ]]; do
        ((left-- > 0))
        sleep 1
    done
    until_answers 11434
    inside sh -c 'rm -r /run/systemd/system/ollama-proxy.service.d && systemctl daemon-reload && systemctl restart ollama-proxy'
}

@test "the script for the queue tells by its exit code" {
    run inside /opt/ohhhllama/scripts/process-queue.sh
    [ "$status" -eq 0 ]
    run inside /opt/ohhhllama/scripts/process-queue.sh --proxy 127.0.0.1:9
    [ "$status" -eq 3 ]
}

@test "the journal has one record a line, and no bodies" {
    ask POST http://127.0.0.1:11434/api/generate '{"model":"x","prompt":"a secret of mine"}' || true
    run inside journalctl -u ollama-proxy --no-pager -o cat
    [[ $output == *"listens on http://127.0.0.1:11434"* ]]
    [[ $output != *"a secret of mine"* ]]
}

@test "run again, it upgrades: the queue, the settings and the old files' place are kept" {
    inside sh -c 'echo "# mine" >>/opt/ohhhllama/ohhhllama.conf; echo 9.9.9 >/program/VERSION'
    run installing --listen 0.0.0.0
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"stopped in good order"* ]]
    [[ $output == *"it is on port 11435 already"* ]]
    [[ $output == *"--listen and --backend are for a new installation"* ]]
    [ "$(inside tail -n 1 /opt/ohhhllama/ohhhllama.conf)" = "# mine" ]
    [ "$(inside cat /opt/ohhhllama/VERSION)" = 9.9.9 ]
    [[ $(inside ohhhllama queue) == *mistral* ]]
    inside test -s /var/lib/ohhhllama/before-upgrade/queue.db
    run ! inside test -e /opt/ohhhllama/.previous
}

@test "an upgrade that is not healthy is rolled back" {
    inside sh -c 'echo 10.0.0 >/program/VERSION; cp -R /program /broken; sed -i "s/serve) speed= ;;/serve) set -- \"\$@\" --ollama-backend 127.0.0.1:9; speed= ;;/" /broken/bin/ohhhllama'
    run inside bash /broken/install.sh
    echo "$output"
    [ "$status" -ne 0 ]
    [[ $output == *"Taking back what was done"* ]]
    [ "$(inside cat /opt/ohhhllama/VERSION)" = 9.9.9 ]
    until_answers 11434
    [[ $(inside ohhhllama queue) == *mistral* ]]
}

@test "so is one whose service does not come up" {
    inside sh -c 'rm -rf /broken && cp -R /program /broken && sed -i "s/ serve / nonsense /" /broken/systemd/ollama-proxy.service'
    run inside bash /broken/install.sh
    [ "$status" -ne 0 ]
    [[ $output == *"the service does not start"* ]]
    until_answers 11434
    [ "$(inside cat /opt/ohhhllama/VERSION)" = 9.9.9 ]
    run ! inside grep -q nonsense /etc/systemd/system/ollama-proxy.service
    [[ $(inside ohhhllama queue) == *mistral* ]]
}

@test "settings that are wrong are named before anything is done" {
    process=$(inside systemctl show -p MainPID --value ollama-proxy)
    inside sed -i 's/^LISTEN_HOST=/LISTN_HOST=/' /opt/ohhhllama/ohhhllama.conf
    run installing
    inside sed -i 's/^LISTN_HOST=/LISTEN_HOST=/' /opt/ohhhllama/ohhhllama.conf
    [ "$status" -ne 0 ]
    [[ $output == *'there is no setting "LISTN_HOST", did you mean LISTEN_HOST?'* ]]
    [ "$(inside systemctl show -p MainPID --value ollama-proxy)" = "$process" ]
}

@test "uninstall gives Ollama its port back and keeps what is to be kept" {
    run inside /opt/ohhhllama/uninstall.sh --keep-data
    echo "$output"
    [ "$status" -eq 0 ]
    until_answers 11434
    [[ $(ask GET http://127.0.0.1:11434/api/noprune) == '""' ]]
    run ! ask GET http://127.0.0.1:11435/api/version
    inside test -s /var/lib/ohhhllama/queue.db
    inside test -s /opt/ohhhllama/ohhhllama.conf
    run ! inside test -e /usr/local/bin/ohhhllama -o -e /etc/systemd/system/ollama-proxy.service -o -e /opt/ohhhllama/lib
    [ -z "$(inside find /usr/local/share/man /usr/share/bash-completion -name 'ohhhllama*')" ]
}

@test "another prefix is as good, and its own uninstall.sh knows it" {
    run installing --prefix /srv/ohhhllama --backend 127.0.0.1:9 --listen 12000
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"no Ollama at"* ]]
    [[ $(ask GET http://127.0.0.1:12000/api/queue) == *'"pending"'* ]]
    inside grep -q '^ExecStart=/srv/ohhhllama/bin/ohhhllama' /etc/systemd/system/ollama-proxy.service
    inside bash /srv/ohhhllama/install.sh
    inside /srv/ohhhllama/uninstall.sh --purge
    run ! inside test -e /srv/ohhhllama
}

@test "purge leaves nothing behind, and may be run twice" {
    run inside bash /program/uninstall.sh --purge
    [ "$status" -eq 0 ]
    run ! inside test -e /var/lib/ohhhllama -o -e /opt/ohhhllama
    run ! inside getent passwd ohhhllama
    run inside bash /program/uninstall.sh --purge
    [ "$status" -eq 0 ]
}
