# shellcheck shell=bash
# The settings file: made once, never changed afterwards.

CONF() { echo "$PREFIX/ohhhllama.conf"; }

# Prints the value in force of a setting, as the program reads it.
setting() {
    "$PREFIX/bin/ohhhllama" check-config --config "$(CONF)" 2>/dev/null | awk -v name="$1" '$1 == name { print $2 }'
}

# Prints what the file says for a setting before there is a program to ask.
setting_in_file() {
    local file
    file=$(CONF)
    if [[ -r $file ]]; then
        sed -n "s/^ *\(export  *\)\{0,1\}$1 *= *[\"']\{0,1\}\([^\"']*\)[\"']\{0,1\} *$/\2/p" "$file" | tail -n 1
    fi
}

# What an earlier installation says counts for an upgrade.
take_settings_of_before() {
    local value
    value=$(setting_in_file LISTEN_PORT)
    LISTEN_PORT=${value:-$LISTEN_PORT}
    value=$(setting_in_file OLLAMA_BACKEND)
    BACKEND=${value:-$BACKEND}
}

# Tells whether the backend is where this installation puts Ollama; any other is somebody else's.
is_own_backend() { [[ ${BACKEND#http://} =~ ^(127\.0\.0\.1|localhost):$OLLAMA_PORT/?$ ]]; }

# Prints the example with what is special about this machine filled in.
conf_for_here() {
    sed -e "s|^LISTEN_HOST=.*|LISTEN_HOST=$LISTEN_HOST|" -e "s|^LISTEN_PORT=.*|LISTEN_PORT=$LISTEN_PORT|" \
        -e "s|^OLLAMA_BACKEND=.*|OLLAMA_BACKEND=$BACKEND|" "$PAYLOAD/ohhhllama.conf.example"
}

write_settings_once() {
    local file
    file=$(CONF)
    if [[ -e $file ]]; then
        say "$file is kept as it is"
        if [[ -n $LISTEN_GIVEN$BACKEND_GIVEN ]]; then
            notice "--listen and --backend are for a new installation: the values in $file count"
        fi
        return
    fi
    undo_by rm -f "$file"
    conf_for_here | put_file "$file" 0640
    run chgrp "$ACCOUNT" "$file"
    say "$file is new"
}

# An upgrade must not stop a service that could not start again.
check_settings_of_before() {
    if [[ -e $(CONF) ]]; then check_settings; else say "there are none yet"; fi
}

# The program that is to come says what is wrong, with file and line.
check_settings() {
    local answer line
    if [[ -n $DRY_RUN ]]; then
        say "would check $(CONF)"
        return
    fi
    answer=$(OHHHLLAMA_JAVA=$JAVA "$PAYLOAD/bin/ohhhllama" check-config --config "$(CONF)" 2>&1) || fail "$(CONF) is not valid:" \
        "$(grep '^ohhhllama: ' <<<"$answer" || echo "$answer")" "Correct it, then run this again."
    while read -r line; do
        if [[ $line == "Notice: "* ]]; then notice "${line#Notice: }"; fi
    done <<<"$answer"
    say "they are valid"
}
