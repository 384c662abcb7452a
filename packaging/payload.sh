#!/usr/bin/env bash
# Builds the program from this clone and lays it out as it will be installed: payload.sh DIRECTORY
# OHHHLLAMA_JAR names a standalone jar that was built already.
set -euo pipefail

packaging=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
clone=$(dirname "$packaging")
target=$1
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

jar=${OHHHLLAMA_JAR:-}
if [[ -z $jar ]]; then
    (cd "$clone" && ./mvnw -q -B -DskipTests -Dspotless.check.skip=true -pl ohhhllama-proxy-undertow -am package)
    jar=$clone/ohhhllama-proxy-undertow/target/ohhhllama.jar
fi

version=$("$java" -jar "$jar" --version | sed 's/^ohhhllama //')
# When the sources were last changed: the same clone makes the same bytes.
stamp=${SOURCE_DATE_EPOCH:-$(git -C "$clone" log -1 --format=%ct 2>/dev/null || stat -c %Y "$clone/pom.xml")}

mkdir -p "$target"
cp -R "$packaging/program/." "$target/"
cp -R "$packaging/install" "$packaging/systemd" "$target/"
cp "$packaging/ohhhllama.conf.example" "$packaging/compose.yaml" "$clone/LICENSE" "$clone/install.sh" \
    "$clone/uninstall.sh" "$target/"
cp "$jar" "$target/lib/ohhhllama.jar"
echo "$version" >"$target/VERSION"
"$java" -XX:TieredStopAtLevel=1 -cp "$jar" "$packaging/ManPages.java" "$target/share" "$version" \
    "$(date -u -d "@$stamp" +%F)"
chmod -R u=rwX,go=rX "$target"
find "$target" -exec touch -h -d "@$stamp" '{}' +
