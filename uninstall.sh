#!/bin/sh
# Takes ohhhllama away again; "uninstall.sh --help" says how.
exec bash "$(dirname "$(readlink -f "$0")")/install.sh" --uninstall "$@"
