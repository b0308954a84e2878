# shellcheck shell=bash
# Certificates, tokens and kubeconfigs of the bed, created for each run folder.
# Source it.

PKI=$BED_RUN/pki
ADMIN_CONFIG=$BED_RUN/admin.kubeconfig
API_URL=https://127.0.0.1:6443

# issue NAME SUBJECT EXTENSIONS: a key and a certificate from the bed's CA.
issue() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "$2" \
    -keyout "$PKI/$1.key" -out "$PKI/$1.csr" 2>/dev/null
  openssl x509 -req -in "$PKI/$1.csr" -CA "$PKI/ca.crt" -CAkey "$PKI/ca.key" -CAcreateserial -days 365 \
    -out "$PKI/$1.crt" -extfile <(printf '%s\n' "$3") 2>/dev/null
  rm "$PKI/$1.csr"
}

# kubeconfig FILE TOKEN
kubeconfig() {
  cat >"$1" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: bed, cluster: {server: "$API_URL", certificate-authority: "$PKI/ca.crt"}}]
users: [{name: bed, user: {token: "$2"}}]
contexts: [{name: bed, context: {cluster: bed, user: bed}}]
current-context: bed
YAML
  chmod 600 "$1"
}

pki_up() {
  [[ ! -f $PKI/done ]] || return 0
  mkdir -p "$PKI"
  chmod 700 "$PKI"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=bed-ca \
    -keyout "$PKI/ca.key" -out "$PKI/ca.crt" 2>/dev/null
  openssl ecparam -name prime256v1 -genkey -noout -out "$PKI/accounts.key"
  openssl ec -in "$PKI/accounts.key" -pubout -out "$PKI/accounts.pub" 2>/dev/null
  issue apiserver /CN=kube-apiserver "subjectAltName=IP:127.0.0.1,IP:$NODE_IP,IP:$API_SERVICE_IP,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
  issue kubelet /CN=bed "subjectAltName=IP:$NODE_IP"
  issue kubelet-client /CN=kube-apiserver-kubelet-client extendedKeyUsage=clientAuth
  local admin manager
  admin=$(openssl rand -hex 24)
  manager=$(openssl rand -hex 24)
  printf '%s,admin,1,"system:masters"\n%s,system:kube-controller-manager,2\n' "$admin" "$manager" >"$PKI/tokens.csv"
  kubeconfig "$ADMIN_CONFIG" "$admin"
  kubeconfig "$PKI/manager.kubeconfig" "$manager"
  touch "$PKI/done"
}
