#!/usr/bin/env bash
# Runs the scenarios of e2e/src/test/java/io/mcpgateway/e2e/cluster that do not depend on the bed (those marked @Portable) on a
# k3s that Testcontainers starts, with the images that scripts/image.sh packs. Without Docker it says so and exits with 0: the
# bed (make e2e) runs the same scenarios without Docker.
#
#   scripts/k3s.sh                starts a k3s; needs Docker, the Internet, and Linux for the images
#   scripts/k3s.sh kubeconfig     uses the cluster of KUBECONFIG. Its nodes must have the images (target/images/*.tar
#                                 after scripts/k3s.sh images), and its node ports must be reachable at 127.0.0.1
#   scripts/k3s.sh images         only packs the images
#   scripts/k3s.sh bed            everything except the container, without Docker: uses only the kubeconfig of an empty bed
#                                 without Istio, whose Pods only see what is in the images (root)
#
#   E2E_TEST=NAME       runs one class, or a pattern as for Surefire's -Dtest
#   E2E_KEEP=1          leaves the k3s running, to look at it and for the next run with the same images; its kubeconfig is
#                       e2e/target/k3s/kubeconfig
#   E2E_OFFLINE=1       Maven uses what an earlier build has downloaded
#   E2E_REQUIRE=1       fails without Docker
#   E2E_K3S_IMAGE       another image of k3s
#   E2E_GATEWAY_API, E2E_ISTIO_CHARTS, E2E_ISTIO_VERSION, E2E_ISTIO_VALUES
#                       other sources: a file or URL for kubectl apply -f, a chart repository or folder, a version, a values file
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh
table=e2e/target/bed-scenarios.txt
log=e2e/target/k3s-run.log
begin=$SECONDS

say() { printf '[%4d s] %s\n' $((SECONDS - begin)) "$*"; }

skip() {
    echo "skipped: Docker is not reachable: $1; the same scenarios run on the bed: make e2e" >&2
    [ "${E2E_REQUIRE:-}" != 1 ] || exit 1
    exit 0
}

# Testcontainers decides. This avoids packing images when it is already clear how it will decide.
look_for_docker() {
    local answer
    if [ -n "${DOCKER_HOST:-}" ] || grep -qs '^docker.host' ~/.testcontainers.properties; then
        return
    fi
    if command -v docker >/dev/null; then
        answer=$(docker version 2>&1 >/dev/null) || skip "$(tail -n 1 <<<"$answer")"
    elif ! [ -S /var/run/docker.sock ] && ! [ -S "${XDG_RUNTIME_DIR:-}/docker.sock" ] && ! [ -S ~/.docker/run/docker.sock ]; then
        skip "there is no docker on PATH, no DOCKER_HOST and no /var/run/docker.sock"
    fi
}

pack() {
    scripts/build.sh
    say "packing images"
    # The training run makes device files, which needs root.
    [ "$(id -u)" = 0 ] || export AOT=no
    scripts/image.sh archive broker example.org/mcp-gateway:dev
    scripts/image.sh archive controller example.org/mcp-gateway-controller:dev
    scripts/image.sh archive sample-server example.org/mcp-gateway-sample-server:dev
}

# The bed runs the images' contents, as containerd would; it must get everything else from this run.
on_the_bed() {
    local bed=e2e/bed/bed part place
    "$bed" down --wipe
    "$bed" up --without-istio
    {
        echo images:
        entry mcp-gateway broker io.mcpgateway.broker.BrokerMain
        entry mcp-gateway-controller controller io.mcpgateway.controller.ControllerMain
        entry mcp-gateway-sample-server sample-server io.mcpgateway.e2e.servers.SampleServerMain
    } >"${MCP_GATEWAY_BED_RUN:-e2e/bed/.run}/images.d/packed.yaml"
    while read -r part place; do
        case $part in
            charts) export E2E_ISTIO_CHARTS=$place ;;
            gateway-crds) export E2E_GATEWAY_API=$place ;;
        esac
    done < <(e2e/bed/tools.sh --list)
    export E2E_ISTIO_VALUES=$PWD/e2e/bed/manifests/istiod-values.yaml
    E2E_OFFLINE=1 "$bed" exec scripts/k3s.sh kubeconfig || return
    [ "${E2E_KEEP:-}" = 1 ] || "$bed" down --wipe
}

entry() {
    printf -- '- {name: example.org/%s, rootfs: %s, workdir: /app, entrypoint: [/opt/java/bin/java, "@/app/java.options", %s]}\n' \
        "$1" "$PWD/target/images/$2/root" "$3"
}

case ${1:-k3s} in
    bed)
        pack
        on_the_bed
        exit
        ;;
    k3s)
        look_for_docker
        pack
        export E2E_CLUSTER=k3s
        ;;
    kubeconfig)
        [ -n "${KUBECONFIG:-}" ] || { echo "k3s.sh: kubeconfig needs KUBECONFIG" >&2; exit 2; }
        export E2E_CLUSTER=kubeconfig
        ;;
    images)
        pack
        exit
        ;;
    *)
        sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
if ! command -v kubectl >/dev/null || ! command -v helm >/dev/null; then
    PATH=$(scripts/tools.sh kubectl):$PATH
    export PATH
fi
if [ "${E2E_KEEP:-}" = 1 ]; then
    export TESTCONTAINERS_REUSE_ENABLE=true
fi
say "running the scenarios"
mkdir -p e2e/target
rm -f "$table"
code=0
"$MVN" -B -q ${E2E_OFFLINE:+-o} -pl e2e -am test -Dgroups='bed & portable' -Dtests.excluded= \
    "-Dtest=${E2E_TEST:-io.mcpgateway.e2e.cluster.*Test}" -Dsurefire.failIfNoSpecifiedTests=false 2>&1 | tee "$log" || code=$?

echo
if [ -s "$table" ]; then
    cat "$table"
    echo
    say "$(grep -c ' ok  ' "$table" || true) ok, $(grep -c ' FAILED  ' "$table" || true) failed"
elif [ "$code" = 0 ] && reason=$(grep -m 1 -o 'Docker is not reachable: .*' "$log"); then
    reason=${reason#Docker is not reachable: }
    skip "${reason%; the same scenarios*}"
else
    say "no scenario ran"
    code=1
fi
exit "$code"
