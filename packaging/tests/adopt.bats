#!/usr/bin/env bats
# Adopts what the predecessor left, moves containers, and puts all of it back, as install.bats does the rest.
#
#   ROOTS=/var/tmp/ohhhllama-roots PAYLOAD=directory-of-payload.sh bats packaging/tests/adopt.bats

# shellcheck disable=SC2016 # what stands in single quotes is for the shell in the machine
bats_require_minimum_version 1.5.0

setup_file() {
    load machine.bash
    boot_machine adopt
    bring_program
}

setup() { load machine.bash; }

teardown_file() { "$MACHINE" stop "$WORK"; }

@test "the predecessor's queue, settings, units and cron entries are taken over" {
    inside sh -c 'printf "[Service]\nEnvironment=OLLAMA_HOST=127.0.0.1:11435\n" >/etc/systemd/system/ollama.service.d.conf
        mkdir -p /etc/systemd/system/ollama.service.d && mv /etc/systemd/system/ollama.service.d.conf /etc/systemd/system/ollama.service.d/port.conf
        systemctl daemon-reload; systemctl restart ollama; sh /test/predecessor.sh'
    run installing
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"the predecessor could be reached from the network, ohhhllama can from this machine alone"* ]]
    [[ $output == *"took over /var/lib/ohhhllama/queue.db: 2 waiting, 2 ended"* ]]
    [[ $output == *"DISK_THRESHOLD has no effect any more"* ]]
    queue=$(inside ohhhllama queue)
    [[ $queue == *mistral* && $queue == *llama3:70b* ]]
    [ "$(inside sh -c 'ls /var/lib/ohhhllama | grep -c "queue.db.predecessor-"')" -eq 1 ]
    [ "$(inside crontab -l)" = '15 4 * * * /usr/bin/true' ]
    run ! inside test -e /etc/systemd/system/ollama-queue.timer -o -e /opt/ohhhllama/proxy.py
    [ "$(inside sh -c 'ohhhllama check-config | grep RATE_LIMIT')" = "$(inside sh -c 'ohhhllama check-config | grep "RATE_LIMIT.* 7 "')" ]
}

@test "uninstall puts Ollama on its own port, although the predecessor's setting said otherwise" {
    run inside bash /program/uninstall.sh --purge
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"port.conf set Ollama to port 11435: that is 11434 now"*"Ollama has port 11434 again"* ]]
    until_answers 11434
    run ! ask GET http://127.0.0.1:11435/api/version
    inside grep -q 11435 /etc/systemd/system/ollama.service.d/port.conf.before-ohhhllama
    inside rm -r /etc/systemd/system/ollama.service.d
    inside sh -c 'systemctl daemon-reload; systemctl restart ollama'
    until_answers 11434
}

@test "a queue elsewhere is taken over, upgraded and purged where it is, if the service may write there" {
    inside sh -c 'sh /test/predecessor.sh; mkdir /srv/queue; echo mine >/srv/queue/letter
        mv /var/lib/ohhhllama/queue.db /srv/queue/night.db
        sed -i s,^DB_PATH=.*,DB_PATH=/srv/queue/night.db, /opt/ohhhllama/ohhhllama.conf'
    run installing
    [ "$status" -ne 0 ]
    [[ $output == *"DB_PATH is /srv/queue/night.db, but the user ohhhllama may not write in /srv/queue, which is not the queue's alone"*"Taking back"* ]]
    inside test -e /opt/ohhhllama/proxy.py -a -e /etc/systemd/system/ollama-queue.timer
    inside rm /srv/queue/letter
    run installing --yes
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"took over /srv/queue/night.db: 2 waiting, 2 ended"* ]]
    [ "$(mode_of /srv/queue)" = "755 ohhhllama:root" ]
    inside sh -c 'echo mine >/srv/queue/letter'
    [ "$(mode_of /srv/queue/night.db)" = "640 ohhhllama:ohhhllama" ]
    [ "$(inside tail -n 1 /opt/ohhhllama/ohhhllama.conf)" = LISTEN_HOST=0.0.0.0 ]
    inside test ! -e /var/lib/ohhhllama/queue.db
    inside sh -c 'rm -rf /broken && cp -R /program /broken && sed -i "s/ serve / nonsense /" /broken/systemd/ollama-proxy.service'
    run inside bash /broken/install.sh
    [ "$status" -ne 0 ]
    until_answers 11434
    [[ $(inside ohhhllama queue) == *llama3:70b* ]]
    inside test -s /var/lib/ohhhllama/before-upgrade/night.db
    inside bash /program/uninstall.sh --purge
    [ "$(inside ls /srv/queue)" = letter ]
    inside rm -r /srv/queue
}

@test "a container is published on the new port with its volume, and put back as it was" {
    inside sh -c 'systemctl disable -q --now ollama; rm /etc/systemd/system/ollama.service; systemctl daemon-reload
        install /test/docker /usr/local/bin/docker; docker stand-in ollama ollama/ollama:0.13.0 11434'
    until_answers 11434
    run installing
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"LISTEN_HOST=0.0.0.0"* ]]
    [ "$(inside cat /var/lib/docker-stand-in/ollama/mounts)" = models:/root/.ollama ]
    [ "$(inside cat /var/lib/docker-stand-in/ollama/host)" = 127.0.0.1:11435 ]
    [ "$(inside cat /var/lib/docker-stand-in/ollama/image)" = ollama/ollama:0.13.0 ]
    [ "$(inside sort /var/lib/docker-stand-in/ollama/env)" = $'OLLAMA_KEEP_ALIVE=1h\nOLLAMA_NOPRUNE=1' ]
    [[ $(ask GET http://127.0.0.1:11434/api/health) == *'"Ollama answers."'* ]]
    inside bash /program/uninstall.sh --purge
    until_answers 11434
    [ "$(inside cat /var/lib/docker-stand-in/ollama/host)" = 0.0.0.0:11434 ]
    [ "$(inside cat /var/lib/docker-stand-in/ollama/restart)" = always ]
    [ "$(inside docker ps)" = 'ollama|ollama/ollama:0.13.0' ]
}

@test "the predecessor's container ends on Ollama's own port" {
    inside sh -c 'docker rm -f ollama; docker stand-in ollama ollama/ollama 127.0.0.1:11435'
    until_answers 11435
    run installing
    echo "$output"
    [ "$status" -eq 0 ]
    inside grep -qx OLLAMA_NOPRUNE=1 /var/lib/docker-stand-in/ollama/env
    run inside bash /program/uninstall.sh --purge
    [ "$status" -eq 0 ]
    [[ $output == *"the container ollama is on port 11434 now; the one on port 11435 is kept, stopped, as ollama-before-ohhhllama"* ]]
    until_answers 11434
    inside docker rm -f ollama-before-ohhhllama
}

@test "a container of a compose file is left to its owner" {
    inside sh -c 'docker rm -f ollama; docker stand-in ollama ollama/ollama 11434 chat'
    until_answers 11434
    before=$(look)
    run installing
    [ "$status" -ne 0 ]
    [[ $output == *"belongs to the compose project chat"*"127.0.0.1:11435:11434"* ]]
    [ "$(look)" = "$before" ]
    inside docker rm -f ollama
}

@test "without an Ollama one is offered in Docker" {
    run installing --no-docker
    [ "$status" -eq 0 ]
    [[ $output == *"there is no Ollama yet"* ]]
    inside bash /program/uninstall.sh --purge
    run installing --yes
    echo "$output"
    [ "$status" -eq 0 ]
    inside grep -q -- '--name ollama .*-p 127.0.0.1:11435:11434 -v ollama:/root/.ollama -e OLLAMA_NOPRUNE=1 ollama/ollama' /var/lib/docker-stand-in.log
    run inside bash /program/uninstall.sh --purge
    [[ $output == *"its models are in the volume ollama"* ]]
    [ -z "$(inside docker ps)" ]
}
