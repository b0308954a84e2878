#!/usr/bin/env bash
# Builds what is needed and runs what the MCP project's conformance suite requires of 2025-11-25 against the gateway.
# PASS names the runs, comma-separated: direct, builtin (no Envoy), unprefixed and prefixed (Envoy), stream (the server asks
# on its session's own stream), the same but the last with go- in front (the Go SDK's server), and client (the suite is the
# server, and judges the broker as its client). Exit 0 if all is as
# e2e/conformance/expected-failures.yaml says, 1 if something else fails or something listed passes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m \
    -Djdk.httpclient.allowRestrictedHeaders=host \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.conformance.Conformance ${PASS:+--pass "$PASS"}
