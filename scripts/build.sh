#!/usr/bin/env bash
# Builds all modules, including tests, and shows the progress. The complete log goes to a file. Does nothing if nothing has
# changed since the last complete build, by this script or by `make test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
. scripts/maven.sh

if is_built; then
    exit 0
fi
echo "Building (the first time Maven downloads the libraries, a few minutes at most) ..."
build_begins
maven_with_progress "$(mktemp "${TMPDIR:-/tmp}/mcp-gateway-build.XXXXXX")" -T 2 -DskipTests -Pimages package
build_ends
