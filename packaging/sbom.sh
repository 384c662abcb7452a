#!/usr/bin/env bash
# Lists the libraries of the standalone program with their versions and licences, as CycloneDX: sbom.sh FILE
set -euo pipefail

clone=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
plugin=org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom
(cd "$clone" && ./mvnw -q -B -DskipTests -Dspotless.check.skip=true -pl ohhhllama-proxy-undertow -am package "$plugin" \
    -DoutputFormat=json -DoutputName=sbom -DincludeTestScope=false -DincludeProvidedScope=false \
    -DincludeBomSerialNumber=false)
cp "$clone/ohhhllama-proxy-undertow/target/sbom.json" "$1"
