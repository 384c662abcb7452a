# shellcheck shell=bash
# What the tests on a machine share: bats files load it.

# Boots a machine of its own for this file, with Ollama on its port; "inside" runs commands in it.
boot_machine() {
    local root=${ROOTS:-/var/tmp/ohhhllama-roots}/${SUITE:-bookworm}
    export MACHINE=$BATS_TEST_DIRNAME/machine.sh
    export WORK=${ROOTS:-/var/tmp/ohhhllama-roots}/$1
    "$MACHINE" make "$root"
    "$MACHINE" boot "$root" "$WORK"
    inside sh -c 'install /test/ollama /test/ask /usr/local/bin/ &&
        install -m 644 /test/ollama.service /etc/systemd/system/ && systemctl enable -q --now ollama'
    until_answers 11434
}

bring_program() {
    cp -R "${PAYLOAD:?names a directory made by payload.sh}" "$WORK/root/program"
    sqlite3 "$WORK/root/test/predecessor.db" <"$BATS_TEST_DIRNAME/machine/predecessor.sql"
}

inside() { "$MACHINE" run "$WORK" "$@"; }

installing() { inside bash /program/install.sh "$@"; }

ask() { inside ask "$@"; }

# The machine that this runs on may be busy with other things.
until_answers() {
    local left=200
    until ask GET "http://127.0.0.1:$1/api/version" >/dev/null 2>&1; do
        ((left-- > 0)) || return 1
        sleep 0.2
    done
}

# Prints what is there, as far as an installation could change it.
look() {
    inside sh -c 'find /opt /etc /usr/local /var/lib /usr/share/bash-completion -newermt @0 -printf "%p %m %u %s %T@ %l\n" |
        grep -v -e /var/lib/systemd -e /var/lib/private -e "^/var/lib " -e docker-stand-in.log | sort; crontab -l; systemctl is-active ollama ollama-proxy; :' 2>&1
}

mode_of() { inside stat -c '%a %U:%G' "$1"; }
