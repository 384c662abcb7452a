#!/usr/bin/env bash
# Makes an image for Docker, Podman and others without any of them: image.sh PAYLOAD FILE.tar
#
# In it are a Java cut down to what the program uses (jlink), the C library of this machine's Debian, the program, and
# nothing else: no shell, no package manager. The archive is an OCI layout that "docker load" and "podman load" read. The
# same payload, JDK and C library make the same bytes, for which reason it has no class archive.
set -euo pipefail

payload=$(cd "$1" && pwd -P)
mkdir -p "$(dirname "$2")"
target=$(cd "$(dirname "$2")" && pwd -P)/$(basename "$2")
stamp=${SOURCE_DATE_EPOCH:-$(stat -c %Y "$payload/VERSION")}
version=$(cat "$payload/VERSION")
architecture=$(dpkg --print-architecture)
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
account=65532
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# ---- what is in it ----

lay_java() {
    local root=$1 modules
    modules=$("$jdk/bin/jdeps" --multi-release 17 --ignore-missing-deps --print-module-deps \
        "$payload/lib/ohhhllama.jar" 2>/dev/null)
    # Elliptic curves and generators of chance are found by name only.
    "$jdk/bin/jlink" --add-modules "$modules,jdk.crypto.ec,jdk.management,jdk.random,jdk.unsupported" --strip-debug --no-header-files --no-man-pages \
        --compress=2 --output "$root/opt/java"
    # A library names java.desktop for its beans; nobody will draw.
    rm -f "$root"/opt/java/lib/lib{awt*,fontmanager,freetype,javajpeg,jawt,jsound,lcms,mlib_image,splashscreen}.so
    lay_libraries "$root"
}

# Copies what the dynamic linker would load, where it would look for it.
lay_libraries() {
    local root=$1 library
    # SQLite's own library comes out of the jar when the program runs.
    (mkdir "$scratch/sqlite" && cd "$scratch/sqlite" && "$jdk/bin/jar" -xf "$payload/lib/ohhhllama.jar" \
        "org/sqlite/native/Linux/$(uname -m)")
    find "$root/opt/java" "$scratch/sqlite" -type f \( -name '*.so' -o -perm -100 \) -exec ldd '{}' + 2>/dev/null |
        awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\/lib.*ld-/ { print $1 }' | sort -u |
        grep -v "^$root" | while read -r library; do
        mkdir -p "$root$(dirname "$library")"
        cp -L "$library" "$root$library"
    done
    # Names are looked up by this one when first needed.
    for library in /lib/*-linux-gnu/libnss_dns.so.2 /lib/*-linux-gnu/libnss_files.so.2 /lib/*-linux-gnu/libresolv.so.2; do
        if [[ -e $library ]]; then mkdir -p "$root${library%/*}" && cp -L "$library" "$root$library"; fi
    done
}

lay_program() {
    local root=$1
    mkdir -p "$root/opt/ohhhllama/lib" "$root/etc" "$root/var/lib/ohhhllama" "$root/tmp"
    cp "$payload/lib/ohhhllama.jar" "$payload/lib/jvm.options" "$root/opt/ohhhllama/lib/"
    cp "$payload/LICENSE" "$payload/VERSION" "$root/opt/ohhhllama/"
    echo "ohhhllama:x:$account:$account::/var/lib/ohhhllama:/nonexistent" >"$root/etc/passwd"
    echo "ohhhllama:x:$account:" >"$root/etc/group"
    echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
}

# ---- how it is wrapped ----

# Packs a directory as a layer; prints the digest of the tar and of what became of it.
pack() {
    local root=$1 file=$scratch/layer.tar
    chmod -R u=rwX,go=rX "$root"
    tar --sort=name --format=ustar --mtime="@$stamp" --owner=0 --group=0 --numeric-owner --exclude=./var/lib/ohhhllama \
        --exclude=./tmp -C "$root" -cf "$file" .
    if [[ -d $root/tmp ]]; then
        tar --format=ustar --mtime="@$stamp" --owner=0 --group=0 --numeric-owner --mode=1777 -C "$root" -rf "$file" ./tmp
        tar --format=ustar --mtime="@$stamp" --owner=$account --group=$account --numeric-owner --mode=0750 \
            -C "$root" -rf "$file" ./var/lib/ohhhllama
    fi
    digest "$file"
    gzip -n9 <"$file" | store
}

digest() { sha256sum "$1" | cut -d ' ' -f 1; }

# Puts the standard input among the blobs; prints its digest.
store() {
    local name
    cat >"$scratch/blob"
    name=$(digest "$scratch/blob")
    mv "$scratch/blob" "$blobs/$name"
    echo "$name"
}

size() { stat -c %s "$blobs/$1"; }

configuration() {
    local java='"/opt/java/bin/java","@/opt/ohhhllama/lib/jvm.options","-Dorg.sqlite.tmpdir=/var/lib/ohhhllama","-Djava.io.tmpdir=/var/lib/ohhhllama"'
    local jar='"-jar","/opt/ohhhllama/lib/ohhhllama.jar"' created
    created=$(date -u -d "@$stamp" +%FT%TZ)
    cat <<END
{"architecture":"$architecture","os":"linux","created":"$created",
"config":{"User":"$account:$account","ExposedPorts":{"11434/tcp":{}},"Volumes":{"/var/lib/ohhhllama":{}},
"Env":["PATH=/opt/java/bin","LISTEN_HOST=0.0.0.0","XDG_STATE_HOME=/var/lib","MALLOC_ARENA_MAX=2"],
"Entrypoint":[$java,$jar],"Cmd":["serve"],"WorkingDir":"/var/lib/ohhhllama","StopSignal":"SIGTERM",
"Healthcheck":{"Test":["CMD",$java,"-XX:TieredStopAtLevel=1",$jar,"queue","--quiet"],
"Interval":60000000000,"Timeout":20000000000,"StartPeriod":60000000000,"Retries":3},
"Labels":{"org.opencontainers.image.title":"ohhhllama","org.opencontainers.image.version":"$version",
"org.opencontainers.image.source":"https://github.com/ohhhllama/ohhhllama","org.opencontainers.image.licenses":"MIT"}},
"rootfs":{"type":"layers","diff_ids":["sha256:$1","sha256:$2"]},
"history":[{"created":"$created","created_by":"jlink"},{"created":"$created","created_by":"ohhhllama $version"}]}
END
}

manifest() {
    local layer='{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:%s","size":%s}'
    printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",'
    printf '"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%s},' "$1" "$(size "$1")"
    # shellcheck disable=SC2059 # the format is the line above
    printf "\"layers\":[$layer,$layer]}" "$2" "$(size "$2")" "$3" "$(size "$3")"
}

# What "docker load" of older Dockers reads instead.
docker_manifest() {
    printf '[{"Config":"blobs/sha256/%s","RepoTags":["ohhhllama:%s","ohhhllama:latest"],' "$1" "$version"
    printf '"Layers":["blobs/sha256/%s","blobs/sha256/%s"]}]' "$2" "$3"
}

blobs=$scratch/image/blobs/sha256
mkdir -p "$blobs" "$scratch/java" "$scratch/program"
lay_java "$scratch/java"
lay_program "$scratch/program"
{ read -r java_tar && read -r java_layer; } < <(pack "$scratch/java")
{ read -r program_tar && read -r program_layer; } < <(pack "$scratch/program")
config=$(configuration "$java_tar" "$program_tar" | tr -d '\n' | store)
index=$(manifest "$config" "$java_layer" "$program_layer" | store)
docker_manifest "$config" "$java_layer" "$program_layer" >"$scratch/image/manifest.json"
printf '{"imageLayoutVersion":"1.0.0"}' >"$scratch/image/oci-layout"
printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%s,"annotations":{"org.opencontainers.image.ref.name":"%s","io.containerd.image.name":"docker.io/library/ohhhllama:latest"},"platform":{"architecture":"%s","os":"linux"}}]}' \
    "$index" "$(size "$index")" "$version" "$architecture" >"$scratch/image/index.json"
tar --sort=name --format=ustar --mtime="@$stamp" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
    -C "$scratch/image" -cf "$target" .
