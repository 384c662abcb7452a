#!/usr/bin/env bash
# Moves the Ollama of this machine to port 11435 and starts ohhhllama in its place. A package must not do that unasked.
#   move-ollama.sh           moves it
#   move-ollama.sh back      gives it its port back
#   move-ollama.sh is-free   tells by its exit code whether nothing is on port 11434
set -Eeuo pipefail

DRY_RUN='' ASSUME_YES='' NO_DOCKER=1 KEEP=all LISTEN_GIVEN='' BACKEND_GIVEN=''
LISTEN_HOST=127.0.0.1 LISTEN_PORT=11434 BACKEND=http://127.0.0.1:11435

for part in paths talk undo machine settings database service ollama handback; do
    # shellcheck source=/dev/null
    . "$(dirname "$(readlink -f "$0")")/../install/$part.sh"
done
take_settings_of_before

clean_up() {
    local status=$?
    trap - EXIT
    set +e
    undo_unless_whole "$status"
    exit "$status"
}

move() {
    require_root
    trap clean_up EXIT
    find_ollama
    move_ollama
    start_service
    check_health
    keep_all
}

case ${1:-} in
    '') move ;;
    back) return_ollama ;;
    is-free) [[ -z $(listener "$LISTEN_PORT") ]] ;;
    *) sed -n '2,5s/^# \{0,1\}//p' "$0" && exit 2 ;;
esac
