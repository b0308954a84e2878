#!/usr/bin/env bash
# Builds the broker and the programs of e2e, tests included, telling on the way how far it is. The whole log goes to a file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
. scripts/maven.sh

echo "Building (the first time Maven downloads the libraries, a few minutes at most) ..."
maven_told "$(mktemp "${TMPDIR:-/tmp}/mcp-gateway-build.XXXXXX")" -DskipTests -pl api-crds,broker,e2e -am package
