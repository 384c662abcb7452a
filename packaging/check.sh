#!/usr/bin/env bash
# Checks the scripts, the unit and the packages: check.sh [JAR]. Installs what it needs with apt; ends with what was found.
# It also installs, upgrades and removes for real, on a small Debian with a systemd of its own. That takes root, namespaces,
# a mirror and about ten minutes; where one of them is not to be had, the reason is said. MACHINES=no leaves it out,
# MACHINES=yes makes it an error if it cannot be run. SUITE and its like are those of tests/machine.sh.
set -uo pipefail

clone=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export OHHHLLAMA_JAR=${1:-$clone/ohhhllama-proxy-undertow/target/ohhhllama.jar}
export ROOTS=${ROOTS:-/var/tmp/ohhhllama-roots}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PAYLOAD=$scratch/payload DIST=$scratch/dist
summary=()
failed=0
obstacle='' machine_name=''

note() {
    local name=$1 status=$2 detail=$3
    if [[ $status -ne 0 ]]; then failed=1; fi
    summary+=("$(printf '%-28s %s %s' "$name" "$([[ $status -eq 0 ]] && echo ok || echo FAILED)" "$detail")")
}

install_tools() {
    local missing=() tool
    for tool in shellcheck bats sqlite3; do
        command -v "$tool" >/dev/null || missing+=("$tool")
    done
    command -v systemd-analyze >/dev/null || missing+=(systemd)
    if [[ ${#missing[@]} -gt 0 ]]; then apt_install "${missing[@]}"; fi
}

apt_install() {
    local sudo=()
    if [[ $EUID -ne 0 ]]; then sudo=(sudo -n); fi
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
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

# Makes a machine and boots it, to see whether that can be done here; says in "obstacle" what prevents it.
try_machine() {
    local machine=$clone/packaging/tests/machine.sh root=$ROOTS/${SUITE:-bookworm} log=$scratch/machine.log status
    if [[ ${MACHINES:-auto} == no ]]; then obstacle="MACHINES=no says so"; return 1; fi
    if [[ $EUID -ne 0 ]]; then obstacle="it takes root"; return 1; fi
    if ! unshare --pid --mount --uts --ipc --net --cgroup --fork true 2>"$log"; then
        obstacle="it takes namespaces: $(tail -n 1 "$log")"
        return 1
    fi
    if ! command -v debootstrap >/dev/null && ! apt_install debootstrap 2>"$log"; then
        obstacle="debootstrap cannot be installed: $(tail -n 1 "$log")"
        return 1
    fi
    if ! timeout 1200 "$machine" make "$root" >"$log" 2>&1; then
        obstacle="no root of ${SUITE:-bookworm} can be made: $(tail -n 1 "$log")"
        return 1
    fi
    timeout 120 "$machine" boot "$root" "$ROOTS/trial" >"$log" 2>&1 3>&-
    status=$?
    machine_name=$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' "$root/etc/os-release")
    "$machine" stop "$ROOTS/trial" >>"$log" 2>&1
    if [[ $status -ne 0 ]]; then obstacle="no systemd boots: $(grep -v '^$' "$log" | head -n 1)"; fi
    return "$status"
}

# The image of the archive came from a payload of its own, so this compares both ways of laying the program out.
check_image_again() {
    local start=$SECONDS
    "$clone/packaging/image.sh" "$PAYLOAD" "$scratch/again.tar" && cmp "$scratch/again.tar" "$DIST/ohhhllama-image.tar"
    note "image, made once more" $? "$(sha256sum <"$scratch/again.tar" | cut -c 1-12)…, the same bytes, $((SECONDS - start)) s"
}

check_sbom() {
    local libraries
    libraries=$(grep -c '"purl" *: *"pkg:maven/' "$DIST/ohhhllama-sbom.json") && grep -q 'pkg:maven/org.xerial/sqlite-jdbc@' "$DIST/ohhhllama-sbom.json"
    note "bill of materials" $? "${libraries:-no} libraries"
}

install_tools
check_scripts
"$clone/packaging/payload.sh" "$PAYLOAD"
note "program laid out" $? "version $(cat "$PAYLOAD/VERSION")"
check_by_bats scripts
check_by_bats clone
note "exposure of the unit" 0 "$(systemd-analyze security --offline=true --no-pager \
    "$clone/packaging/systemd/ollama-proxy.service" | sed -n 's/.*: \([0-9.]*\) .*/\1 (at most 2.5)/p')"
"$clone/packaging/archive.sh" "$DIST"
note "archive, package, image" $? "$(du -sh "$DIST" | cut -f 1)"
if try_machine; then
    note "a machine" 0 "$machine_name, with its own systemd"
    for name in install adopt packages; do check_by_bats "$name"; done
else
    [[ ${MACHINES:-auto} != yes ]]
    note "installation for real" $? "NOT RUN: $obstacle"
fi
check_image_again
check_sbom

echo
echo "What the packaging said:"
printf '  %s\n' "${summary[@]}"
exit $failed
