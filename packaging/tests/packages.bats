#!/usr/bin/env bats
# Looks at what archive.sh made: the archive and its checksums, the package of Debian, the image. Needs what install.bats
# needs, and
#
#   ROOTS=/var/tmp/ohhhllama-roots DIST=directory-of-archive.sh bats packaging/tests/packages.bats

# shellcheck disable=SC2016 # what stands in single quotes is for the shell in the machine
bats_require_minimum_version 1.5.0

setup_file() {
    load machine.bash
    boot_machine packages
    sqlite3 "$WORK/root/test/predecessor.db" <"$BATS_TEST_DIRNAME/machine/predecessor.sql"
    cp "${DIST:?names a directory made by archive.sh}"/*.deb "$WORK/root/ohhhllama.deb"
}

setup() { load machine.bash; }

teardown_file() { "$MACHINE" stop "$WORK"; }

# install.sh as "curl … | bash" gives it to the shell.
piped() { OHHHLLAMA_RELEASE_URL=file://$1 bash -s -- "${@:2}" <"$DIST/install.sh"; }

@test "the checksums are those of the files" {
    cd "$DIST"
    sha256sum --check --quiet SHA256SUMS
    [ "$(wc -l <SHA256SUMS)" -eq "$(find . -type f ! -name SHA256SUMS | wc -l)" ]
}

@test "from a pipe, the archive is downloaded, verified and run" {
    run piped "$DIST" --dry-run --listen 127.0.0.1:21434 --backend 127.0.0.1:9
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"downloading file://$DIST/ohhhllama.tar.gz"* ]]
    [[ $output == *"Nothing was changed."* ]]
}

@test "an archive with another checksum is not unpacked" {
    cp "$DIST/ohhhllama.tar.gz" "$DIST/SHA256SUMS" "$BATS_TEST_TMPDIR/"
    echo more >>"$BATS_TEST_TMPDIR/ohhhllama.tar.gz"
    run piped "$BATS_TEST_TMPDIR" --dry-run
    [ "$status" -eq 2 ]
    [[ $output == *"the checksum of ohhhllama.tar.gz is not the one in SHA256SUMS: it was not unpacked"* ]]
}

@test "the same program makes the same archive and package" {
    mkdir "$BATS_TEST_TMPDIR/again" "$BATS_TEST_TMPDIR/program"
    tar -xzf "$DIST/ohhhllama.tar.gz" -C "$BATS_TEST_TMPDIR/program" --strip-components=1
    SOURCE_DATE_EPOCH=$(stat -c %Y "$BATS_TEST_TMPDIR/program/VERSION") \
        "$BATS_TEST_DIRNAME/../deb.sh" "$BATS_TEST_TMPDIR/program" "$BATS_TEST_TMPDIR/again"
    cmp "$BATS_TEST_TMPDIR"/again/*.deb "$DIST"/*.deb
}

@test "the package leaves Ollama alone until it is told" {
    run inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /ohhhllama.deb
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"sudo /opt/ohhhllama/scripts/move-ollama.sh"* ]]
    [[ $(ask GET http://127.0.0.1:11434/api/noprune) == '""' ]]
    run inside /opt/ohhhllama/scripts/move-ollama.sh
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $(ask GET http://127.0.0.1:11434/api/health) == *'"status":"healthy"'* ]]
    [[ $(ask GET http://127.0.0.1:11435/api/noprune) == '"1"' ]]
    inside ohhhllama add mistral
    [ "$(inside stat -c '%a %U:%G' /var/lib/ohhhllama/queue.db)" = "640 ohhhllama:ohhhllama" ]
    inside man -w ohhhllama-serve
}

@test "the package's settings are a conffile, and its upgrade keeps the queue" {
    inside sh -c 'echo RATE_LIMIT=9 >>/opt/ohhhllama/ohhhllama.conf'
    run inside dpkg --install /ohhhllama.deb
    echo "$output"
    [ "$status" -eq 0 ]
    until_answers 11434
    [ "$(inside tail -n 1 /opt/ohhhllama/ohhhllama.conf)" = RATE_LIMIT=9 ]
    [[ $(inside ohhhllama queue) == *mistral* ]]
}

@test "removed, it gives Ollama its port back; purged, it is gone" {
    inside apt-get remove -y -qq ohhhllama
    until_answers 11434
    [[ $(ask GET http://127.0.0.1:11434/api/noprune) == '""' ]]
    inside test -s /var/lib/ohhhllama/queue.db -a -s /opt/ohhhllama/ohhhllama.conf
    inside apt-get purge -y -qq ohhhllama
    run ! inside test -e /opt/ohhhllama -o -e /var/lib/ohhhllama
    run ! inside getent passwd ohhhllama
}

@test "the package takes the predecessor's place: its queue, its units and its cron entry" {
    inside sh -c 'mkdir -p /etc/systemd/system/ollama.service.d /srv/queue && echo mine >/srv/queue/letter
        printf "[Service]\nEnvironment=OLLAMA_HOST=127.0.0.1:11435\n" >/etc/systemd/system/ollama.service.d/port.conf
        systemctl daemon-reload; systemctl restart ollama; sh /test/predecessor.sh'
    run inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-confold /ohhhllama.deb
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"took over /var/lib/ohhhllama/queue.db: 2 waiting, 2 ended"* ]]
    [[ $output == *"write LISTEN_HOST=0.0.0.0 into /opt/ohhhllama/ohhhllama.conf"* ]]
    until_answers 11434
    [[ $(inside sh -c 'command -v ohhhllama') == /usr/bin/ohhhllama ]]
    [[ $(inside ohhhllama queue) == *llama3:70b* ]]
    [[ $(inside systemctl show -p FragmentPath --value ollama-proxy) == */lib/systemd/system/ollama-proxy.service ]]
    [ "$(inside systemctl is-enabled ollama-proxy)" = enabled ]
    [ "$(inside crontab -l)" = '15 4 * * * /usr/bin/true' ]
    run ! inside sh -c 'ls /etc/systemd/system | grep -e queue -e before'
    run ! inside test -e /opt/ohhhllama/proxy.py -o -e /opt/ohhhllama/huggingface
}

@test "purged, a queue elsewhere is gone, and its neighbours are there" {
    inside sh -c 'systemctl stop ollama-proxy; chown ohhhllama /srv/queue; mv /var/lib/ohhhllama/queue.db /srv/queue/night.db
        sed -i s,^DB_PATH=.*,DB_PATH=/srv/queue/night.db, /opt/ohhhllama/ohhhllama.conf'
    run inside apt-get purge -y -qq ohhhllama
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(inside ls /srv/queue)" = letter ]
    run ! inside test -e /opt/ohhhllama -o -e /var/lib/ohhhllama
    inside rm -r /etc/systemd/system/ollama.service.d
}

@test "the image's parts have the digests they are named by" {
    tar -xf "$DIST/ohhhllama-image.tar" -C "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR/blobs/sha256"
    for blob in *; do [ "$(sha256sum <"$blob")" = "$blob  -" ]; done
    while read -r digest; do [ -e "${digest#sha256:}" ]; done < <(grep -oh 'sha256:[0-9a-f]*' ../../index.json)
    while read -r blob; do [ -e "../../$blob" ]; done < <(grep -oh 'blobs/sha256/[0-9a-f]*' ../../manifest.json)
}

@test "the image's program runs as nobody in particular, without a shell, and its health check tells" {
    image=$WORK/root/image
    mkdir -p "$image" "$BATS_TEST_TMPDIR/parts"
    tar -xf "$DIST/ohhhllama-image.tar" -C "$BATS_TEST_TMPDIR/parts"
    while read -r layer; do
        tar -xzf "$BATS_TEST_TMPDIR/parts/$layer" -C "$image"
    done < <(grep -o '"Layers":.*' "$BATS_TEST_TMPDIR/parts/manifest.json" | grep -o 'blobs/sha256/[0-9a-f]*')
    [ ! -e "$image/bin/sh" ]
    run grep -h -o '"Healthcheck":{"Test":\["CMD",[^]]*' "$BATS_TEST_TMPDIR"/parts/blobs/sha256/* --binary-files=without-match
    [[ $output == *'"queue","--quiet"' ]]
    inside mkdir -p /image/proc
    inside mount -t proc proc /image/proc
    in_image() {
        inside chroot --userspec=65532:65532 --groups= /image /opt/java/bin/java @/opt/ohhhllama/lib/jvm.options \
            -Dorg.sqlite.tmpdir=/var/lib/ohhhllama -Djava.io.tmpdir=/var/lib/ohhhllama -jar /opt/ohhhllama/lib/ohhhllama.jar "$@"
    }
    run in_image queue --quiet --proxy 127.0.0.1:12000
    [ "$status" -eq 3 ]
    in_image serve --listen-port 12000 --db-path /var/lib/ohhhllama/queue.db >"$BATS_TEST_TMPDIR/log" 2>&1 3>&- &
    until grep -q 'next start' "$BATS_TEST_TMPDIR/log"; do
        kill -0 $! || { cat "$BATS_TEST_TMPDIR/log" && return 1; }
        sleep 0.2
    done
    in_image queue --quiet --proxy 127.0.0.1:12000
    [ "$(inside stat -c %u /image/var/lib/ohhhllama/queue.db)" = 65532 ]
}
