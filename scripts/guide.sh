#!/usr/bin/env bash
# Runs the troubleshooting guide's commands, and those of docs/, on the bed (a local Kubernetes with Istio, see
# e2e/bed/README.md), in the healthy system and in the failures that they are there to find, and prints a table. Needs root. A bed
# that runs already is emptied first; E2E_KEEP=1 leaves it up.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
table=e2e/target/guide.txt
code=0
rm -f "$table"
E2E_TEST=${GUIDE_TEST:-GuideTest,DocsBedTest} scripts/e2e.sh || code=$?
[ -s "$table" ] || { echo "The guide's table was not written." >&2; exit 1; }
cat "$table"
passed=$(grep -c ' passed$' "$table" || true)
outside=$(grep -c ' outside$' "$table" || true)
failed=$(grep -c ' FAILED$' "$table" || true)
echo "$passed passed, $outside need what the bed has not, $failed failed"
[ "$failed" -eq 0 ] && exit "$code"
exit 1
