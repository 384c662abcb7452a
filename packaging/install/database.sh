# shellcheck shell=bash
# The queue's file, wherever the settings say it is, and the directory of the service. Of a directory that is not the
# service's own, only that file and what is named after it is touched.

# Prints the file. What is relative is relative to the service's directory, which is its home, too.
database() {
    local value
    value=$(setting_in_file DB_PATH)
    case $value in
        '') echo "$STATE/queue.db" ;;
        /*) echo "$ROOT$value" ;;
        *) echo "$STATE/${value#\~/}" ;;
    esac
}

# Prints those of the file and its log that are there: one state of the queue.
database_files() {
    local part
    for part in "$1" "$1-wal" "$1-shm" "$1-journal"; do
        if [[ -f $part ]]; then echo "$part"; fi
    done
}

is_in_state() { [[ $1 == "$STATE"/* ]]; }

# The file is made here, so that it has its mode whatever the service's umask is; SQLite gives its log the same.
create_state() {
    local file
    file=$(database)
    if [[ ! -d $STATE ]]; then undo_by rm -rf "$STATE"; fi
    run mkdir -p "$STATE"
    create_directory "$(dirname "$file")"
    if [[ ! -e $file ]]; then
        undo_by rm -f "$file"
        run touch "$file"
    fi
    own_state
    own_database "$file"
}

# A directory that was there has an owner who decides who may write in it.
create_directory() {
    if [[ ! -d $1 ]]; then
        run mkdir -p "$1"
        undo_by rmdir --ignore-fail-on-non-empty "$1"
        run chown "$ACCOUNT:$ACCOUNT" "$1"
        run chmod 0750 "$1"
    fi
}

own_state() {
    run chown -R "$ACCOUNT:$ACCOUNT" "$STATE"
    run chmod 0750 "$STATE"
    run find "$STATE" -maxdepth 1 -type f -name 'queue.db*' -exec chmod 0640 '{}' +
}

own_database() {
    local part directory
    if is_in_state "$1" || [[ -n $DRY_RUN ]]; then return; fi
    directory=$(dirname "$1")
    while read -r part; do
        run chown "$ACCOUNT:$ACCOUNT" "$part"
        run chmod 0640 "$part"
    done < <(database_files "$1")
    if may_write_in "$directory"; then return; fi
    if ! is_alone "$1"; then
        fail "DB_PATH is $1, but the user $ACCOUNT may not write in $directory, which is not the queue's alone" \
            "Move the queue into a directory of its own, and set DB_PATH to that. Then run this again."
    fi
    undo_by chown "$(stat -c '%u:%g' "$directory")" "$directory"
    run chown "$ACCOUNT" "$directory"
}

may_write_in() { runuser -u "$ACCOUNT" -- test -w "$1" -a -x "$1"; }

# Tells whether a directory serves the queue only; one directly below / serves the machine.
is_alone() {
    local directory
    directory=$(dirname "$1")
    [[ $(dirname "$directory") != / && -z $(find "$directory" -mindepth 1 -maxdepth 1 ! -name "$(basename "$1")*") ]]
}

# A copy is whole, as the service rests.
save_database() {
    local file part saved=$STATE/before-upgrade
    file=$(database)
    if [[ ! -s $file ]]; then return; fi
    run rm -rf "$saved"
    run mkdir -p "$saved"
    while read -r part; do run cp -a "$part" "$saved/"; done < <(database_files "$file")
    undo_by restore_database "$file"
    say "a copy of the database $file is in $saved"
}

restore_database() {
    rm -f "$1" "$1-wal" "$1-shm" "$1-journal"
    cp -a "$STATE/before-upgrade/$(basename "$1")"* "$(dirname "$1")/"
}

# As the service's user, since the file is its own. Does nothing to a queue of ours.
adopt_queue() {
    local file answer
    file=$(database)
    if [[ -n $DRY_RUN ]]; then
        say "would run: ohhhllama adopt"
        return
    fi
    if ! [[ -s $file ]]; then
        say "there is none"
        return
    fi
    answer=$(as_account "$PREFIX/bin/ohhhllama" adopt --db-path "$file" 2>&1) ||
        fail "the queue cannot be taken over:" "$answer"
    case $answer in "took over"*) say "$answer" ;; *) say "it is one of ours" ;; esac
}

# SQLite's library is unpacked where the user may write.
as_account() {
    runuser -u "$ACCOUNT" -- env OHHHLLAMA_JAVA_OPTS="-Dorg.sqlite.tmpdir=$STATE -Djava.io.tmpdir=$STATE" "$@"
}

# Deletes the file, its log, and the copies that ohhhllama made beside it; nothing if it is not a queue.
delete_database() {
    local part
    if [[ -e $1 ]] && ! is_queue "$1"; then
        notice "$1 is not a queue of ohhhllama, and is left alone"
        return
    fi
    for part in "$1" "$1-wal" "$1-shm" "$1-journal" "$1".predecessor-* "$1".replaced-*; do
        if [[ -f $part ]]; then run rm -f "$part"; fi
    done
}

# An empty file is one that no service has used yet.
is_queue() {
    if [[ ! -f $1 ]]; then return 1; fi
    [[ ! -s $1 ]] || { [[ $(head -c 15 "$1") == "SQLite format 3" ]] && grep -aqiE 'create table[^(]*queue' "$1"; }
}
