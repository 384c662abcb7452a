# shellcheck shell=bash
# Where everything is. OHHHLLAMA_ROOT puts it below another directory, for tests.

ROOT=${OHHHLLAMA_ROOT:-}

PREFIX=$ROOT/opt/ohhhllama
STATE=$ROOT/var/lib/ohhhllama
UNITS=$ROOT/etc/systemd/system
UNIT=ollama-proxy.service
COMMAND=$ROOT/usr/local/bin/ohhhllama
COMPLETION=$ROOT/usr/share/bash-completion/completions/ohhhllama
MANUAL=$ROOT/usr/local/share/man/man1
OLLAMA_UNIT=ollama.service
# Behind override.conf, which "systemctl edit" writes.
OLLAMA_DROP_IN=$UNITS/$OLLAMA_UNIT.d/zz-ohhhllama.conf

ACCOUNT=ohhhllama
CLIENT_PORT=11434
OLLAMA_PORT=11435
