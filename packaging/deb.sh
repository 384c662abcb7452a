#!/usr/bin/env bash
# Makes a package of Debian from a payload: deb.sh PAYLOAD DIRECTORY
set -euo pipefail

packaging=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
payload=$1
target=$2
stamp=${SOURCE_DATE_EPOCH:-$(stat -c %Y "$payload/VERSION")}
# Debian sorts ~ before everything: a snapshot is older than its release.
version=$(sed 's/-SNAPSHOT$/~snapshot/' "$payload/VERSION")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 0755 "$tree"

mkdir -p "$tree/opt/ohhhllama" "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/usr/share/man/man1" \
    "$tree/usr/share/bash-completion/completions" "$tree/usr/share/doc/ohhhllama" "$tree/DEBIAN"
cp -R "$payload/." "$tree/opt/ohhhllama/"
# dpkg installs and removes; of the installer the package needs what move-ollama.sh and take-over.sh use.
rm "$tree/opt/ohhhllama/install.sh" "$tree/opt/ohhhllama/uninstall.sh"
mv "$tree/opt/ohhhllama/systemd/ollama-proxy.service" "$tree/usr/lib/systemd/system/"
rmdir "$tree/opt/ohhhllama/systemd"
cp "$packaging/debian/move-ollama.sh" "$packaging/debian/take-over.sh" "$tree/opt/ohhhllama/scripts/"
cp "$tree/opt/ohhhllama/ohhhllama.conf.example" "$tree/opt/ohhhllama/ohhhllama.conf"
ln -s /opt/ohhhllama/bin/ohhhllama "$tree/usr/bin/ohhhllama"
for page in "$tree"/opt/ohhhllama/share/man/man1/*.1; do gzip -n9 <"$page" >"$tree/usr/share/man/man1/${page##*/}.gz"; done
mv "$tree/opt/ohhhllama/share/bash-completion/ohhhllama" "$tree/usr/share/bash-completion/completions/"
rm -r "$tree/opt/ohhhllama/share"
mv "$tree/opt/ohhhllama/LICENSE" "$tree/usr/share/doc/ohhhllama/copyright"

for script in postinst prerm postrm triggers; do cp "$packaging/debian/$script" "$tree/DEBIAN/"; done
# It runs when nothing else of the package is left.
sed -i "/^# install\/database\.sh$/{
    r $packaging/install/database.sh
    d
}" "$tree/DEBIAN/postrm"
chmod 0755 "$tree"/DEBIAN/p* "$tree"/opt/ohhhllama/scripts/*.sh
echo /opt/ohhhllama/ohhhllama.conf >"$tree/DEBIAN/conffiles"
sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$(du -sk "$tree" | cut -f 1)/" "$packaging/debian/control" >"$tree/DEBIAN/control"
(cd "$tree" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
chmod -R u=rwX,go=rX "$tree"
chmod 0640 "$tree/opt/ohhhllama/ohhhllama.conf"
find "$tree" -exec touch -h -d "@$stamp" '{}' +
SOURCE_DATE_EPOCH=$stamp dpkg-deb --root-owner-group -Zxz --build "$tree" "$target/ohhhllama_${version}_all.deb" >/dev/null
