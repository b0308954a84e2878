#!/usr/bin/env bash
# Builds what the demo needs, if it is not built already, and runs it; `make demo` says more. Tests and checks are left out,
# in a build folder of its own (profile demo of pom.xml).
set -euo pipefail
export CALLER_FOLDER=${CALLER_FOLDER:-$PWD}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
. scripts/maven.sh

stamp=target/demo/built
built() {
    [ -f "$stamp" ] && [ -z "$(find pom.xml scripts/demo.sh {api-crds,broker,e2e}/{pom.xml,src/main} -newer "$stamp" -print -quit)" ] &&
        [ "$(cat "$stamp")" = "$JAVA_HOME" ] && [ -z "$(find {api-crds,broker,e2e}/target/demo/*.jar 2>&1 >/dev/null)" ]
}
if ! built; then
    # The folder without a .mvn keeps Maven from the settings there: they are for the checks, and hide downloads.
    mkdir -p target/demo/base
    echo "$JAVA_HOME" >"$stamp.begun"
    echo "Building the demo (the first time Maven downloads about 100 MB of libraries and tools) ..."
    MAVEN_BASEDIR=$PWD/target/demo/base MAVEN_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}" \
        maven_told target/demo/build.log -Pdemo -Dmaven.test.skip=true -Dmaven.artifact.threads=10 \
        -pl api-crds,broker,e2e compile org.apache.maven.plugins:maven-jar-plugin:jar
    mv "$stamp.begun" "$stamp"
fi
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m -Dmcpgateway.build=demo \
    -cp e2e/target/demo/mcp-gateway-e2e.jar io.mcpgateway.e2e.demo.Demo
