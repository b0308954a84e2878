#!/usr/bin/env bash
# Builds what is needed and runs the MCP project's conformance suite against the gateway behind a real Envoy.
# PASS names the runs, comma-separated: direct, unprefixed, prefixed, stream. Exit 0 if all is as
# e2e/conformance/expected-failures.yaml says, 1 if something else fails or something listed passes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m \
    -Djdk.httpclient.allowRestrictedHeaders=host \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.conformance.Conformance ${PASS:+--pass "$PASS"}
