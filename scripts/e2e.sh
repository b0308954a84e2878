#!/usr/bin/env bash
# Runs the scenarios of e2e/src/test/java/io/mcpgateway/e2e/cluster on the bed (a local Kubernetes with Istio, see
# e2e/bed/README.md). Needs root. A running bed is emptied first. If everything passed, the bed is taken down;
# otherwise it stays up so you can look at it.
#
#   E2E_KEEP=1        always leaves the bed up
#   E2E_TEST=NAME     runs one class, or a pattern as for Surefire's -Dtest
#   scripts/e2e.sh install    runs the scenarios that install what is shipped (chart, config/install, images' contents).
#                             They need a bed on which nothing is installed, and are left out otherwise
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
bed=e2e/bed/bed
table=e2e/target/bed-scenarios.txt
begin=$SECONDS

for program in jq xxd; do
    command -v "$program" >/dev/null ||
        { echo "$program is missing: commands of the guide and of docs/ use it (Debian: apt-get install $program)." >&2; exit 1; }
done
say() { printf '[%4d s] %s\n' $((SECONDS - begin)) "$*"; }

# build_image NAME: builds what the scenarios run, and checks that a second build gives the same image.
build_image() {
    scripts/image.sh root "$1" "target/images/$1/root"
    [ "$1" = sample-server ] || scripts/image.sh check "$1"
}

scripts/build.sh
if [ "${1:-}" = install ]; then
    E2E_TEST=ImageRootTest,HelmInstallTest,KustomizeInstallTest
    images="broker controller sample-server"
else
    E2E_TEST=${E2E_TEST:-!ImageRootTest,!HelmInstallTest,!KustomizeInstallTest}
    images=
    scripts/tools.sh keycloak >/dev/null
    scripts/tools.sh redis >/dev/null
fi
# In parallel, and while the bed starts: neither keeps two processors busy.
[ -z "$images" ] || say "building the images of $images"
builds=()
trap 'for build in "${builds[@]}"; do kill "${build#*:}" 2>/dev/null || true; done' EXIT
for image in $images; do
    mkdir -p target/images
    build_image "$image" >"target/images/$image.log" 2>&1 &
    builds+=("$image:$!")
done
say "starting an empty bed"
"$bed" down --wipe >/dev/null
"$bed" up
for build in "${builds[@]}"; do
    wait "${build#*:}" || { cat "target/images/${build%:*}.log" >&2; exit 1; }
    cat "target/images/${build%:*}.log"
done
rm -f "$table"
say "running the scenarios"
code=0
# There is no network inside the bed: Maven uses what the build has downloaded. It compiles only files that are newer than
# their classes, so none.
"$bed" exec "$MVN" -B -q -o -Dmaven.compiler.useIncrementalCompilation=false -pl e2e -am test -Dgroups=bed -Dtests.excluded= \
    "-Dtest=$E2E_TEST" -Dsurefire.failIfNoSpecifiedTests=false || code=$?

echo
if [ -s "$table" ]; then
    cat "$table"
    echo
    say "$(grep -c ' ok  ' "$table" || true) ok, $(grep -c ' FAILED  ' "$table" || true) failed"
else
    say "no scenario ran"
    code=1
fi
if [ "$code" -ne 0 ]; then
    echo "The bed is still up. Look at it with: $bed exec kubectl get mcp,pods -A; $bed status. Stop it with: $bed down --wipe" >&2
    exit 1
fi
if [ "${E2E_KEEP:-}" != 1 ]; then
    "$bed" down --wipe >/dev/null
fi
