#!/usr/bin/env bash
# Builds what is needed and breaks things while clients call. CHAOS_ARGS: --calls N, --only WORDS. Exit 1 for a wrong answer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
scripts/build.sh
# shellcheck disable=SC2086 # several words are meant
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx256m \
    -cp 'e2e/target/classes:e2e/target/lib/*' io.mcpgateway.e2e.chaos.Chaos ${CHAOS_ARGS:-}
