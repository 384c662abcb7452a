#!/usr/bin/env bash
# Makes what a release has from this clone: archive.sh DIRECTORY
#   install.sh                 what "curl … | sudo bash" runs; it downloads the next one
#   ohhhllama.tar.gz           the program; or it is unpacked and its install.sh run
#   ohhhllama_VERSION_all.deb  the same as a package of Debian
#   ohhhllama-image.tar        the same with its Java, as an image for Docker, Podman and others
#   ohhhllama-sbom.json        the libraries in it (CycloneDX)
#   SHA256SUMS
# The same clone makes the same bytes. OHHHLLAMA_JAR names a standalone jar that was built already; SKIP_IMAGE=1 leaves
# the image out, SKIP_SBOM=1 the list of libraries.
set -euo pipefail

packaging=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
mkdir -p "$1"
target=$(cd "$1" && pwd -P)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$packaging" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$packaging/payload.sh" "$scratch/payload"
version=$(cat "$scratch/payload/VERSION")
mv "$scratch/payload" "$scratch/ohhhllama-$version"

tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --format=ustar \
    -C "$scratch" -c "ohhhllama-$version" | gzip -n9 >"$target/ohhhllama.tar.gz"
"$packaging/deb.sh" "$scratch/ohhhllama-$version" "$target"
if [[ -z ${SKIP_IMAGE:-} ]]; then "$packaging/image.sh" "$scratch/ohhhllama-$version" "$target/ohhhllama-image.tar"; fi
if [[ -z ${SKIP_SBOM:-} ]]; then "$packaging/sbom.sh" "$target/ohhhllama-sbom.json"; fi
cp "$packaging/../install.sh" "$target/"
(cd "$target" && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%f\n' | sort |
    xargs sha256sum) >"$scratch/SHA256SUMS"
mv "$scratch/SHA256SUMS" "$target/"
