#!/usr/bin/env bash
# Lists the libraries of the standalone program with their versions and licences, as CycloneDX: sbom.sh FILE
# It is the list that the build makes and publishes beside the artefacts; where it is missing or older than the poms, it is
# made.
set -euo pipefail

clone=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
built=$clone/ohhhllama-proxy-undertow/target/bom.json
if [[ ! -s $built || -n $(find "$clone/pom.xml" "$clone"/ohhhllama-{api,queue,proxy-undertow}/pom.xml -newer "$built") ]]; then
    (cd "$clone" && ./mvnw -q -B -DskipTests -Dspotless.check.skip=true -Dmaven.javadoc.skip=true \
        -pl ohhhllama-proxy-undertow -am verify)
fi
cp "$built" "$1"
