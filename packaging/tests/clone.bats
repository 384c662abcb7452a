#!/usr/bin/env bats
# What the README has a newcomer type in a clone. Needs a JDK and the network of the build; what was built already is used.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || exit
    export XDG_STATE_HOME=$BATS_TEST_TMPDIR
}

@test "the demo plays to its end" {
    run --separate-stderr ./ohhhllama demo
    [ "$status" -eq 0 ]
    [[ $output == *"It is morning"*"Now for real: ./ohhhllama serve"* ]]
}

@test "serve listens, says so, and stops in good order" {
    LISTEN_PORT=0 OLLAMA_BACKEND=127.0.0.1:9 DB_PATH=$BATS_TEST_TMPDIR/queue.db \
        ./ohhhllama serve >"$BATS_TEST_TMPDIR/log" 2>&1 3>&- &
    until grep -q 'next start' "$BATS_TEST_TMPDIR/log"; do
        kill -0 $! || { cat "$BATS_TEST_TMPDIR/log" && return 1; }
        sleep 0.2
    done
    port=$(sed -n 's/.*listens on http:\/\/127\.0\.0\.1:\([0-9]*\).*/\1/p' "$BATS_TEST_TMPDIR/log")
    ./ohhhllama queue --quiet --proxy "127.0.0.1:$port"
    kill -TERM $!
    status=0
    wait $! || status=$?
    [ "$status" -eq 143 ]
}
