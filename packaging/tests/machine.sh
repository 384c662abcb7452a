#!/usr/bin/env bash
# A small Debian with a real systemd as its process 1, in namespaces of this machine: to install into for real.
#
#   machine.sh make DIRECTORY     makes the root of such a machine (debootstrap); kept for later machines
#   machine.sh boot ROOT WORK     boots one on a layer above ROOT; prints the process id of its systemd; ends with it
#   machine.sh run WORK COMMAND…  runs a command in it
#   machine.sh stop WORK
#
# SUITE, MIRROR and OPTIONS are those of debootstrap; the mirror is the one this machine's apt has for Debian, unless set.
# Ubuntu's focal wants OPTIONS=--components=main,universe and a mirror of its own.
# Its network is its own and leads nowhere. Needs root, debootstrap and the namespaces of Linux; no daemon, no container
# program. What it does not have: a cgroup v2 with controllers where the host runs v1, so limits of memory are not felt.
set -euo pipefail

SUITE=${SUITE:-bookworm}
# shellcheck disable=SC2016 # apt expands it
MIRROR=${MIRROR:-$(apt-get indextargets --format '$(SITE)' | grep '/debian/*$' | sort -u | tail -n 1)}
OPTIONS=${OPTIONS:-}
TESTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)

make_root() {
    local root=$1
    if [[ -e $root/.whole ]]; then return; fi
    rm -rf "$root"
    # shellcheck disable=SC2086 # a list of options
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,ca-certificates,cron,man-db $OPTIONS \
        "$SUITE" "$root" "$MIRROR" >&2
    if [[ $MIRROR == *ubuntu* ]]; then echo "deb $MIRROR $SUITE-updates main universe" >>"$root/etc/apt/sources.list"; fi
    # What an installation wants from the distribution later, when there is no network.
    chroot "$root" apt-get update -qq
    chroot "$root" apt-get install -y -qq --no-install-recommends --download-only openjdk-17-jre-headless adduser >&2
    # They would change the host's kernel.
    chroot "$root" systemctl mask -q systemd-sysctl systemd-modules-load systemd-udevd systemd-logind
    touch "$root/.whole"
}

boot() {
    local root=$1 work=$2
    mkdir -p "$work/upper" "$work/layer" "$work/root"
    mount -t overlay overlay -o "lowerdir=$root,upperdir=$work/upper,workdir=$work/layer" "$work/root"
    mkdir -p "$work/root/test"
    cp -R "$TESTS/machine/." "$work/root/test/"
    setsid unshare --pid --mount --uts --ipc --net --cgroup --fork --kill-child \
        sh "$TESTS/machine/become-systemd.sh" "$work/root" >"$work/console" 2>&1 </dev/null &
    echo $! >"$work/unshare"
    local left=100
    until [[ -s $work/pid ]]; do
        pgrep -P "$(cat "$work/unshare")" >"$work/pid" || true
        ((left-- > 0)) || { cat "$work/console" >&2 && return 1; }
        sleep 0.1
    done
    left=300
    until inside "$work" systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded'; do
        ((left-- > 0)) || { inside "$work" systemctl list-jobs >&2 || cat "$work/console" >&2; return 1; }
        sleep 0.2
    done
}

inside() {
    local work=$1
    shift
    nsenter -t "$(cat "$work/pid")" --pid --mount --uts --ipc --net --cgroup --root --wd -- \
        env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb LC_ALL=C.UTF-8 "$@"
}

stop() {
    local work=$1
    if [[ -s $work/unshare ]]; then kill -9 "$(cat "$work/pid")" 2>/dev/null || true; fi
    sleep 0.3
    umount "$work/root" 2>/dev/null || umount -l "$work/root" || true
    rm -rf "$work"
}

case ${1:-} in
    make) make_root "$2" ;;
    boot) boot "$2" "$3" ;;
    run) inside "${@:2}" ;;
    stop) stop "$2" ;;
    *) sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 2 ;;
esac
