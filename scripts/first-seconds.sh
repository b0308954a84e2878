#!/usr/bin/env bash
# Builds what it needs and compares the first seconds of a broker under load, from the moment that it says it is ready.
# FIRST_SECONDS lists what to compare, one set of arguments of the broker and options of its JVM per line, - for none;
# FIRST_SECONDS_ARGS: --seconds N, --starts N, --workers N, --calls N, --idle.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
scripts/image.sh root broker e2e/target/broker-image
mapfile -t candidates <<<"${FIRST_SECONDS:---warm-up=0
-}"
# shellcheck disable=SC2086 # splitting into words is intended
exec "$JAVA_HOME/bin/java" -XX:+UseParallelGC -Xmx512m \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.bench.FirstSeconds ${FIRST_SECONDS_ARGS:-} -- "${candidates[@]}"
