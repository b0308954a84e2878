#!/usr/bin/env bash
# Builds what it needs and measures the gateway behind a real Envoy. BENCH_ARGS: --seconds, --rounds, --sessions, --markdown FILE,
# and --keep, which also writes the raw data of each round to docs/bench/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
scripts/image.sh root broker e2e/target/broker-image
# shellcheck disable=SC2086 # splitting into words is intended
exec "$JAVA_HOME/bin/java" -XX:+UseParallelGC -Xmx512m \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.bench.Bench ${BENCH_ARGS:-}
