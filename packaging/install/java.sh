# shellcheck shell=bash
# Finds a Java, and gets one from the distribution if there is none.

JAVA_NEEDED=17

# Prints the main version of a java program.
java_version() {
    "$1" -version 2>&1 | sed -n 's/^[^"]*version "\([0-9]*\).*/\1/p' | head -n 1
}

# Prints the first java that is new enough.
find_java() {
    local java version
    for java in "${OHHHLLAMA_JAVA:-}" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
        if [[ -n $java && -x $java ]]; then
            version=$(java_version "$java")
            if [[ ${version:-0} -ge $JAVA_NEEDED ]]; then
                # The links of the alternatives system may lead to an older one tomorrow.
                readlink -f "$java"
                return
            fi
        fi
    done
    return 1
}

ensure_java() {
    if JAVA=$(find_java); then
        say "$JAVA, version $(java_version "$JAVA")"
        return
    fi
    say "no Java $JAVA_NEEDED or newer: it comes from the distribution"
    apt_install openjdk-$JAVA_NEEDED-jre-headless || apt_install default-jre-headless ||
        fail "Java could not be installed" "Install a Java $JAVA_NEEDED or newer and run this again."
    if [[ -n $DRY_RUN ]]; then
        JAVA=java
        return
    fi
    JAVA=$(find_java) || fail "the distribution's Java is too old" \
        "Install a Java $JAVA_NEEDED or newer, or name one by OHHHLLAMA_JAVA=/path/to/java."
}

# The package lists may be good enough, and the network not there.
apt_install() {
    if [[ -n $DRY_RUN ]]; then
        say "would run: apt-get install -y --no-install-recommends $*"
        return
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return
    say "fetching the package lists"
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
