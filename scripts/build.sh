#!/usr/bin/env bash
# Builds every module, programs and test classes, and says on the way how far it is; the whole log goes to a file. If
# nothing has changed since the last whole build, by this script or by `make test`, it does nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
. scripts/maven.sh

if is_built; then
    exit 0
fi
echo "Building (the first time Maven downloads the libraries, a few minutes at most) ..."
build_begins
maven_told "$(mktemp "${TMPDIR:-/tmp}/mcp-gateway-build.XXXXXX")" -T 2 -DskipTests -Pimages package
build_ends
