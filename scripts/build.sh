#!/usr/bin/env bash
# Builds the broker and what the demo runs, telling each step in one line. The whole log goes to a file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh

log=$(mktemp "${TMPDIR:-/tmp}/mcp-gateway-build.XXXXXX")
echo "Building (the first time Maven downloads the libraries, a few minutes at most) ..."
steps='
    /^\[INFO\] --- / {
        step = $3
        sub(/^(maven-)?/, "", step)
        split(step, part, ":")
        sub(/-plugin$/, "", part[1])
        module = $NF == "---" ? $(NF - 1) : $NF
        sub(/^mcp-gateway-/, "", module)
        if (part[1] ~ /compiler|jar|dependency/ && !(module part[1] in told)) {
            told[module part[1]] = 1
            printf "  %s: %s\n", module, part[1]
            fflush()
        }
    }'
if "$MVN" -B -DskipTests -pl api-crds,broker,e2e -am package 2>&1 | tee "$log" | awk "$steps"; then
    rm -f "$log"
else
    echo "The build failed; the log is $log. It says:" >&2
    grep -m 3 '^\[ERROR\]' "$log" | cut -c 1-300 >&2 || tail -n 3 "$log" >&2
    exit 1
fi
