#!/usr/bin/env bash
# Runs the troubleshooting guide's commands, and those of docs/, on the bed (a local Kubernetes with Istio, see
# e2e/bed/README.md), on a healthy system and with the failures that they should reveal, and prints a table. Needs root. A running
# bed is emptied first; E2E_KEEP=1 leaves it up.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
table=e2e/target/guide.txt
code=0
rm -f "$table"
E2E_TEST=${GUIDE_TEST:-GuideTest,DocsBedTest} scripts/e2e.sh || code=$?
[ -s "$table" ] || { echo "The guide's table was not written." >&2; exit 1; }
cat "$table"
count() { grep -c " $1\$" "$table" || true; }
failed=$(count FAILED)
echo "$(count passed) passed in health and in failure, $(count 'healthy only') have no failure to find (reason given)," \
    "$(count 'failing only') are healthy only with what the bed has not (reason given), $(count outside) cannot run here, $failed failed"
[ "$failed" -eq 0 ] && exit "$code"
exit 1
