#!/usr/bin/env bash
# Checks the scripts, the unit and the packages: check.sh [JAR]. Installs what it needs with apt; ends with what was found.
# With MACHINES=yes it also installs, upgrades and removes for real, on a small Debian with a systemd of its own; that takes
# root, namespaces and some minutes, and is said to be left out where they are not to be had.
set -uo pipefail

clone=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export OHHHLLAMA_JAR=${1:-$clone/ohhhllama-proxy-undertow/target/ohhhllama.jar}
export ROOTS=${ROOTS:-/var/tmp/ohhhllama-roots}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PAYLOAD=$scratch/payload DIST=$scratch/dist
summary=()
failed=0

note() {
    local name=$1 status=$2 detail=$3
    if [[ $status -ne 0 ]]; then failed=1; fi
    summary+=("$(printf '%-28s %s %s' "$name" "$([[ $status -eq 0 ]] && echo ok || echo FAILED)" "$detail")")
}

install_tools() {
    local missing=() tool
    for tool in shellcheck bats sqlite3 ${MACHINES:+debootstrap}; do
        command -v "$tool" >/dev/null || missing+=("$tool")
    done
    command -v systemd-analyze >/dev/null || missing+=(systemd)
    if [[ ${#missing[@]} -eq 0 ]]; then return; fi
    local sudo=()
    if [[ $EUID -ne 0 ]]; then sudo=(sudo -n); fi
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

check_scripts() {
    local scripts
    mapfile -t scripts < <(cd "$clone" && git ls-files | while read -r file; do
        if head -n 1 "$file" | grep -qE '^#!.*(sh|bats)$|^# shellcheck shell='; then echo "$file"; fi
    done)
    (cd "$clone" && shellcheck -x "${scripts[@]}")
    note shellcheck $? "${#scripts[@]} scripts"
}

check_by_bats() {
    local name=$1 log=$scratch/$1.log start=$SECONDS status
    bats --print-output-on-failure "$clone/packaging/tests/$name.bats" 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    note "bats $name" "$status" "$(grep -c '^ok ' "$log") of $(grep -cE '^(not )?ok ' "$log") tests, $((SECONDS - start)) s"
}

has_namespaces() { [[ $EUID -eq 0 ]] && unshare --pid --mount --net --cgroup --fork true 2>/dev/null; }

install_tools
check_scripts
"$clone/packaging/payload.sh" "$PAYLOAD"
note "program laid out" $? "version $(cat "$PAYLOAD/VERSION")"
check_by_bats scripts
note "exposure of the unit" 0 "$(systemd-analyze security --offline=true --no-pager \
    "$clone/packaging/systemd/ollama-proxy.service" | sed -n 's/.*: \([0-9.]*\) .*/\1 (at most 2.5)/p')"
if [[ ${MACHINES:-no} == yes ]] && has_namespaces; then
    check_by_bats install
    SKIP_SBOM=1 "$clone/packaging/archive.sh" "$DIST"
    note "archive, package, image" $? "$(du -sh "$DIST" | cut -f 1)"
    check_by_bats packages
else
    SKIP_SBOM=1 "$clone/packaging/archive.sh" "$DIST"
    note "archive, package, image" $? "$(du -sh "$DIST" | cut -f 1)"
    note "installation" 0 "NOT RUN: MACHINES=yes runs it, as root and where there are namespaces"
fi

echo
echo "What the packaging said:"
printf '  %s\n' "${summary[@]}"
exit $failed
