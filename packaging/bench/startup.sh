#!/usr/bin/env bash
# Measures the installed program: from its start to the first answer, and the memory it then has (RSS), with and without
# the class archive: startup.sh PAYLOAD [ROUNDS]
#
# Prints the median of the rounds, and the load of the machine, without which the figures say nothing. The times are wall
# time and processor time; the latter says more on a machine that does other things as well.
set -euo pipefail

payload=$1
rounds=${2:-9}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$payload" "$work/program"
port=21434

answers() {
    local line
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf 'GET /api/queue HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
    read -r line <&3
    exec 3>&-
    [[ $line == *" 200 "* ]]
} 2>/dev/null

start() {
    "$@" serve --listen-port $port --ollama-backend 127.0.0.1:9 --db-path "$work/queue.db" >/dev/null 2>&1 &
    server=$!
}

# Prints milliseconds to the first answer, milliseconds of processor time, MiB after it, MiB after 1000 requests.
round() {
    local begin=$EPOCHREALTIME request first processor memory
    start "$@"
    until answers; do sleep 0.005; done
    first=$(((${EPOCHREALTIME/./} - ${begin/./}) / 1000))
    processor=$(awk -v hertz="$(getconf CLK_TCK)" '{ print int(($14 + $15) * 1000 / hertz) }' "/proc/$server/stat")
    memory=$(resident)
    for ((request = 0; request < 1000; request++)); do answers || true; done
    echo "$first $processor $memory $(resident)"
    kill "$server"
    wait "$server" || true
    rm -f "$work"/queue.db*
}

resident() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$server/status"; }

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

measure() {
    local name=$1 column figures=()
    shift
    for ((i = 0; i < rounds; i++)); do round "$@"; done >"$work/rounds"
    for column in 1 2 3 4; do figures+=("$(awk -v column=$column '{ print $column }' "$work/rounds" | median)"); done
    printf '| %-38s | %6s ms | %6s ms | %5s MiB | %5s MiB |\n' "$name" "${figures[@]}"
}

echo "load $(cut -d ' ' -f 1-3 /proc/loadavg), $(nproc) processors, $(java -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/Java \1/p'), median of $rounds"
echo
echo "| started as                             | first answer | processor | RSS then | RSS after 1000 requests |"
echo "|---|---|---|---|---|"
measure "java -jar" java -Dorg.jboss.logging.provider=slf4j -jar "$work/program/lib/ohhhllama.jar"
rm -f "$work/program/lib/classes.jsa"
measure "installed, without class archive" "$work/program/bin/ohhhllama"
"$work/program/scripts/share-classes.sh"
measure "installed" "$work/program/bin/ohhhllama"
