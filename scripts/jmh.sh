#!/usr/bin/env bash
# Builds and runs the JMH benchmarks of the pure core. JMH=REGEX selects benchmarks (all); JMH_ARGS: options of JMH, for
# example '-f 1 -wi 3' or '-p tools=1000'. The results go to broker/target/jmh/result.json too, with bytes allocated.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
work=broker/target/jmh

echo "Building the benchmarks ..."
"$MVN" -B -q -Pjmh -pl api-crds,broker test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/jmh/classpath -Dmdep.includeScope=test
# Options of the JVM as in the broker's image, where they matter here.
# shellcheck disable=SC2086 # splitting into words is intended
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx768m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$work/test-classes:$work/classes:$(cat $work/classpath)" \
    org.openjdk.jmh.Main ${JMH:-.} -prof gc -rf json -rff "$work/result.json" ${JMH_ARGS:-}
