#!/usr/bin/env bash
# Builds what it needs and compares options of the broker's JVM under the same load; scripts/image.sh has those that were chosen.
# HEAP_OPTIONS lists other options, one set per line; HEAP_ARGS: --seconds N, --rate N, --tools N.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
scripts/image.sh root broker e2e/target/broker-image
mapfile -t options <<<"${HEAP_OPTIONS:--XX:NewSize=2720k
-XX:NewSize=4m
-XX:NewSize=6m
-XX:NewSize=8m
-XX:NewSize=12m
-XX:NewSize=16m
-XX:NewSize=24m}"
# shellcheck disable=SC2086 # splitting into words is intended
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx512m \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.bench.HeapOptions ${HEAP_ARGS:-} -- "${options[@]}"
