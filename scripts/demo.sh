#!/usr/bin/env bash
# Builds what is needed and runs the demo; `make demo` says more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.demo.Demo
