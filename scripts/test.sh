#!/usr/bin/env bash
# Runs all tests: unit tests, architecture rules, golden files, and end to end with a real Envoy and third-party servers.
# With CI=true, a third-party program that cannot be installed is a failure; otherwise its tests are skipped, with the reason.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
. scripts/maven.sh
if ! scripts/tools.sh && [ "${CI:-}" = true ]; then
    echo "CI=true: every third-party program must be installed." >&2
    exit 1
fi
build_begins
# Tests the broker and the controller in parallel, because many of their tests wait.
"$MVN" -B -T 2 -Pimages verify
build_ends

# Maven prints how many tests were skipped; this prints which ones, and why.
skipped=$(grep -h -B 1 '<skipped' ./*/target/surefire-reports/TEST-*.xml 2>/dev/null |
    sed -n 's/.*<testcase name="\([^"]*\)" classname="\([^"]*\)".*/\2.\1/p; s/.*<skipped.*message="\([^"]*\)".*/    \1/p' || true)
if [ -n "$skipped" ]; then
    printf 'Skipped:\n%s\n' "$skipped"
fi
