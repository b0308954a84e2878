#!/usr/bin/env bash
# Builds what it needs and puts mixed load on the gateway for half an hour. SOAK_MINUTES=n, SOAK_ARGS: --rate N.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
scripts/image.sh root broker e2e/target/broker-image
# shellcheck disable=SC2086 # splitting into words is intended
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx512m \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.bench.Soak --minutes "${SOAK_MINUTES:-30}" ${SOAK_ARGS:-}
