#!/usr/bin/env bash
# Builds what it needs and runs everything that the MCP project's conformance suite requires of 2025-11-25 and of 2026-07-28.
# PASS names the runs, comma-separated: direct, builtin (no Envoy), unprefixed and prefixed (Envoy), stream (the server asks
# on its session's own stream), the same except the last with the prefix go- (the Go SDK's server), server-url and virtual-url
# (Envoy, at the URL of the server or of a virtual server), the same with -builtin (no Envoy), and client (the suite is the
# server, and tests the broker as its client); the same except stream with the prefix modern- or modern-go- (2026-07-28), where
# there is one client run. Exits with 0 if exactly the scenarios of e2e/conformance/expected-failures.yaml fail, otherwise with 1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m \
    -Djdk.httpclient.allowRestrictedHeaders=host \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.conformance.Conformance ${PASS:+--pass "$PASS"}
