#!/usr/bin/env bash
# Builds what it needs and runs the stranger's bench: official MCP clients against official MCP servers, directly, through the
# built-in gateway and through a real Envoy (e2e/foreign/strangers/README.md). STRANGERS_ONLY is a regular expression for
# "CLIENT SERVER SCENARIO", STRANGERS_EACH with how many servers each client is tried (default: all);
# STRANGERS_URL=server uses each server at its own URL instead of /mcp. Exits with 0
# if everything that works directly also works through the gateway.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.strangers.Strangers
