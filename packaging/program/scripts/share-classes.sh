#!/bin/sh
# Prepares the class archive (class-data sharing) that lets the program start faster and in less memory.
# It depends on the Java of this machine, so it is made here, and again when that changes; without it all works as well.
set -eu

home=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd -P)
archive=$home/lib/classes.jsa
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

java=$home/lib/java
[ -x "$java" ] || java=$(command -v java)

# A real start with a queue of its own: what it loads is what a start loads. Nothing outside "$work" is touched.
"$java" "@$home/lib/jvm.options" -XX:ArchiveClassesAtExit="$work/classes.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off \
    -Dorg.sqlite.tmpdir="$work" -jar "$home/lib/ohhhllama.jar" serve \
    --listen-host 127.0.0.1 --listen-port 0 --ollama-backend 127.0.0.1:9 --db-path "$work/queue.db" \
    >"$work/log" 2>&1 &
serve=$!
waited=0
until grep -q 'next start' "$work/log"; do
    waited=$((waited + 1))
    if [ "$waited" -gt 300 ] || ! kill -0 "$serve" 2>/dev/null; then
        kill "$serve" 2>/dev/null || true
        echo "share-classes: the program did not start:" >&2
        cat "$work/log" >&2
        exit 1
    fi
    sleep 0.1
done
kill "$serve"
wait "$serve" || true
if [ ! -s "$work/classes.jsa" ]; then
    echo "share-classes: Java made no archive:" >&2
    cat "$work/log" >&2
    exit 1
fi
# In one step, as a program may be starting.
cp "$work/classes.jsa" "$archive.new"
chmod 0644 "$archive.new"
mv -f "$archive.new" "$archive"
