# shellcheck shell=bash
# Gateway API and Istio, installed as on any cluster. Source it.

ISTIO_NAMESPACE=istio-system

# once NAME KEY COMMAND...: runs the command unless it has succeeded for this key.
once() {
  local stamp=$BED_RUN/$1.installed key=$2
  shift 2
  [[ $(cat "$stamp" 2>/dev/null) == "$key" ]] && return
  "$@" && echo "$key" >"$stamp"
}

gateway_crds_up() { once gateway-api "$GATEWAY_API_VERSION" kubectl apply --server-side --validate=false -f "$GATEWAY_CRDS"; }

istio_up() { once istio "$CHARTS $(sha256sum <"$BED_DIR/manifests/istiod-values.yaml")" install_charts; }

# The charts are rendered and applied rather than installed as releases: a release
# whose installation was interrupted blocks the next try.
install_charts() {
  {
    printf 'apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n' $ISTIO_NAMESPACE &&
      render istio-base "$CHARTS/base" --include-crds &&
      render istiod "$CHARTS/istiod" -f "$BED_DIR/manifests/istiod-values.yaml"
  } | kubectl apply --server-side --force-conflicts --validate=false -f -
}

render() {
  echo ---
  HELM_CACHE_HOME=$BED_RUN "$KUBECTL_BIN/helm" template -n $ISTIO_NAMESPACE "$@"
}

istio_wait() {
  kubectl rollout status deployment/istiod -n $ISTIO_NAMESPACE --timeout=240s
  kubectl wait --for=condition=Accepted gatewayclass/istio --timeout=120s
}
