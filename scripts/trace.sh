#!/usr/bin/env bash
# Builds what it needs, and counts the types and methods of the broker that one request runs. TRACE_ARGS: --types.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
# shellcheck disable=SC2086 # splitting into words is intended
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx512m \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.trace.Trace ${TRACE_ARGS:-}
