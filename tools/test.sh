#!/usr/bin/env bash
# Everything that must hold: format, lint, types, and all tests (unit, against real programs, the whole cluster). Sets up what it needs.
#   npm test [-- unit|system|e2e …]      only those tests
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $(id -u) == 0 || $* == unit ]] || { echo 'gantry: the system and e2e tests need root (unit tests alone: npm test -- unit)' >&2; exit 1; }
tools/setup.sh --tests
export PATH=$PWD/node_modules/.bin:$PATH:/usr/sbin:/sbin NX_DAEMON=false NX_TUI=false NO_COLOR=1
exec node tools/run-tests.mjs "$@"
