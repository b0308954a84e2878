#!/usr/bin/env bash
# Builds what the demo needs, unless it is built already, and runs it. Tests and checks are left out; the build has its own
# folder (profile demo of pom.xml).
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
    # From a folder without .mvn, Maven does not use the settings there: they are for the checks, and hide downloads.
    mkdir -p target/demo/base
    echo "$JAVA_HOME" >"$stamp.begun"
    echo "Building the demo (the first time Maven downloads about 100 MB of libraries and tools) ..."
    MAVEN_BASEDIR=$PWD/target/demo/base MAVEN_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}" \
        maven_with_progress target/demo/build.log -Pdemo -Dmaven.test.skip=true -Dmaven.artifact.threads=10 \
        -pl api-crds,broker,e2e compile org.apache.maven.plugins:maven-jar-plugin:jar
    mv "$stamp.begun" "$stamp"
fi
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m -Dmcpgateway.build=demo \
    -cp e2e/target/demo/mcp-gateway-e2e.jar io.mcpgateway.e2e.demo.Demo
