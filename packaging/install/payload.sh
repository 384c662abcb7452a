# shellcheck shell=bash
# Where the program comes from: the directory this script lies in, if that is an unpacked archive, or the clone built.

# Puts the directory that holds the program as it will be installed into PAYLOAD.
find_payload() {
    if [[ -e $SOURCE/lib/ohhhllama.jar ]]; then
        PAYLOAD=$SOURCE
        say "version $(cat "$PAYLOAD/VERSION"), from $PAYLOAD"
    elif [[ -n $DRY_RUN ]]; then
        PAYLOAD=$SOURCE/packaging
        say "would build the program from $SOURCE"
    else
        build_payload
    fi
}

build_payload() {
    local javac=${JAVA%java}javac
    if ! [[ -x $javac ]]; then
        say "to build the program, a JDK is needed: it comes from the distribution"
        apt_install "openjdk-$JAVA_NEEDED-jdk-headless" || fail "no JDK could be installed" \
            "Install one, or use the released archive instead of a clone."
        JAVA=$(find_java)
    fi
    say "building the program from $SOURCE"
    PAYLOAD=$(mktemp -d)/ohhhllama
    SCRATCH+=("$(dirname "$PAYLOAD")")
    JAVA_HOME=$(dirname "$(dirname "$JAVA")") "$SOURCE/packaging/payload.sh" "$PAYLOAD" ||
        fail "the program could not be built" "What Maven said stands above."
    say "version $(cat "$PAYLOAD/VERSION"), built"
}
