#!/usr/bin/env bash
# Fuzzes everything that strangers can send, with Jazzer: FUZZ_SECONDS for each target (60), FUZZ_TARGETS="json-rpc tokens" (all).
#
# Inputs that Jazzer finds interesting stay in broker/target/fuzz/TARGET/corpus, so the next run continues from there. An input
# that breaks a promise is written to broker/src/test/resources/fuzz/TARGET; `make test` runs it from then on, and this script
# exits with 1. Each target prints its progress now and then.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
seconds=${FUZZ_SECONDS:-60}
work=broker/target/fuzz

"$MVN" -B -q -Pfuzz -pl api-crds,broker test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/fuzz.classpath -Dmdep.includeScope=test
classpath=broker/target/test-classes:broker/target/classes:$(cat broker/target/fuzz.classpath)
flags=(-Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+EnableDynamicAgentLoading)

broken=0
while read -r target class <&3; do
    case " ${FUZZ_TARGETS:-$target} " in *" $target "*) ;; *) continue ;; esac
    found=$work/$target/found
    mkdir -p "$found"
    echo "== $target: $seconds s ($class)"
    if ! timeout $((seconds + 300)) "$JAVA_HOME/bin/java" "${flags[@]}" -cp "$classpath" com.code_intelligence.jazzer.Jazzer \
        --target_class="$class" --instrumentation_includes='io.mcpgateway.**' \
        --reproducer_path="$work/$target" -artifact_prefix="$found/" -max_total_time="$seconds" -max_len=4096 \
        -timeout=25 -rss_limit_mb=3072 "$work/$target/corpus" >"$work/$target/log" 2>&1; then
        broken=1
        grep -E '== Java Exception|^(Caused by|java|Expecting|  )' "$work/$target/log" | head -20 || true
        mkdir -p "broker/src/test/resources/fuzz/$target"
        find "$found" -type f -exec mv {} "broker/src/test/resources/fuzz/$target/" ';'
        echo "   BROKEN: see broker/src/test/resources/fuzz/$target and $work/$target/log"
    fi
    grep -E 'cov: |Done [0-9]+ runs' "$work/$target/log" | tail -2 | sed 's/^/   /' || true
done 3< <("$JAVA_HOME/bin/java" "${flags[@]}" -cp "$classpath" io.mcpgateway.broker.fuzz.SeedFiles "$work")
exit $broken
