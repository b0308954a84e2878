#!/usr/bin/env bash
# Builds what it needs and breaks things during calls. CHAOS_ARGS: --calls N, --only WORDS. Exits with 1 if a response is wrong.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
# shellcheck disable=SC2086 # splitting into words is intended
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx256m \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.chaos.Chaos ${CHAOS_ARGS:-}
