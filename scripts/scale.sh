#!/usr/bin/env bash
# Builds what it needs and measures curves: CURVE=tools,servers,sessions,replicas (all). SCALE_ARGS: --points 10,1000, --rounds,
# --seconds, --workers, and --keep, which also writes raw data, pictures and tables to docs/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
scripts/image.sh root broker e2e/target/broker-image
# shellcheck disable=SC2086 # splitting into words is intended
exec "$JAVA_HOME/bin/java" -XX:+UseParallelGC -Xmx1g \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.scale.Scale ${CURVE:+--curve "$CURVE"} ${SCALE_ARGS:-}
