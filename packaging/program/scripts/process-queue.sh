#!/bin/sh
# Starts the queue now, by the proxy's API. Exit codes are those of "ohhhllama process": 0 started, running already or
# nothing to do; 3 no proxy answers. Further arguments go to it: --wait, --json, --quiet, --proxy URL.
exec "$(dirname "$(readlink -f "$0")")/../bin/ohhhllama" process "$@"
