#!/usr/bin/env bash
# Runs every test: unit, architecture, golden files, and end to end with real Envoy and foreign servers.
# With CI=true a foreign program that cannot be installed is a failure; else its tests are skipped, saying why.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
. scripts/maven.sh
if ! scripts/tools.sh && [ "${CI:-}" = true ]; then
    echo "CI=true: every foreign program has to be there." >&2
    exit 1
fi
build_begins
# The modules of the broker and of the controller side by side: many of their tests wait.
"$MVN" -B -T 2 -Pimages verify
build_ends

# Maven says how many tests were skipped; this says which and why.
skipped=$(grep -h -B 1 '<skipped' ./*/target/surefire-reports/TEST-*.xml 2>/dev/null |
    sed -n 's/.*<testcase name="\([^"]*\)" classname="\([^"]*\)".*/\2.\1/p; s/.*<skipped.*message="\([^"]*\)".*/    \1/p' || true)
if [ -n "$skipped" ]; then
    printf 'Skipped:\n%s\n' "$skipped"
fi
