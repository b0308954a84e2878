#!/usr/bin/env bash
# Runs every test: unit, architecture, golden files, and end to end with real Envoy and foreign servers.
# With CI=true a foreign program that cannot be installed is a failure; else its tests are skipped, saying why.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
if ! scripts/tools.sh && [ "${CI:-}" = true ]; then
    echo "CI=true: every foreign program has to be there." >&2
    exit 1
fi
exec "$MVN" -B verify
