# shellcheck shell=bash
# The cluster's processes. Each *_up function returns when its process answers.
# Source it.

inside() { ip netns exec "$BED_NETNS" "$@"; }

kubectl() { inside env KUBECONFIG="$ADMIN_CONFIG" HOME="$BED_RUN" "$KUBECTL_BIN/kubectl" "$@"; }

# answers URL: whether the URL is served without an error. A process that has ended is noticed at
# once, so the waits below can be long enough for a busy machine.
answers() { inside curl -sfk --max-time 2 -o /dev/null "$1"; }

etcd_up() {
  local url=http://127.0.0.1:2379
  # The data does not have to survive a crash of the machine, so nothing waits for the disk.
  start etcd "$CLUSTER_BIN/etcd" --data-dir "$BED_RUN/etcd" \
    --listen-client-urls $url --advertise-client-urls $url \
    --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 \
    --initial-cluster default=http://127.0.0.1:2380 --unsafe-no-fsync --log-level warn
  wait_up etcd 60 answers $url/health
}

apiserver_up() {
  # The advertised address becomes the endpoint of the Service "kubernetes", which
  # Pods use to reach the API server.
  start kube-apiserver "$CLUSTER_BIN/kube-apiserver" --etcd-servers=http://127.0.0.1:2379 \
    --bind-address=0.0.0.0 --secure-port=6443 --advertise-address="$NODE_IP" \
    --service-cluster-ip-range="$SERVICE_NETWORK" --allow-privileged=true --authorization-mode=RBAC \
    --tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key" \
    --client-ca-file="$PKI/ca.crt" --token-auth-file="$PKI/tokens.csv" \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-key-file="$PKI/accounts.pub" --service-account-signing-key-file="$PKI/accounts.key" \
    --kubelet-client-certificate="$PKI/kubelet-client.crt" --kubelet-client-key="$PKI/kubelet-client.key" \
    --kubelet-certificate-authority="$PKI/ca.crt" --kubelet-preferred-address-types=InternalIP \
    --enable-priority-and-fairness=false --profiling=false --shutdown-delay-duration=0
  wait_up kube-apiserver 180 answers "$API_URL/readyz"
}

manager_up() {
  local config=$PKI/manager.kubeconfig
  # Without the node controllers, a slow machine cannot lose its only node.
  start kube-controller-manager "$CLUSTER_BIN/kube-controller-manager" --kubeconfig="$config" \
    --authentication-kubeconfig="$config" --authorization-kubeconfig="$config" --bind-address=127.0.0.1 \
    --cert-dir="$PKI/manager" --leader-elect=false --use-service-account-credentials=true --profiling=false \
    --service-account-private-key-file="$PKI/accounts.key" --root-ca-file="$PKI/ca.crt" \
    --cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key" \
    --concurrent-gc-syncs=5 --namespace-sync-period=1m \
    --controllers='*,-node-ipam-controller,-node-route-controller,-cloud-node-lifecycle-controller,-node-lifecycle-controller'
}

manager_wait() { wait_up kube-controller-manager 120 kubectl get serviceaccount default -n default; }

kubelet_up() {
  mkdir -p "$BED_RUN/pods" "$BED_RUN/pod-logs" "$BED_RUN/images.d"
  touch "$BED_RUN/hosts"
  # Mounts for Pods are in a mount namespace that ends with the process.
  start process-kubelet unshare --mount --propagation private -- "$OWN_BIN/process-kubelet" \
    --kubeconfig="$ADMIN_CONFIG" --bridge="$BRIDGE" --pod-network="$POD_NETWORK" --balancer-network="$BALANCER_NETWORK" \
    --dns="$DNS_IP" --hosts="$BED_RUN/hosts" --scratch="$BED_RUN/pods" --pod-logs="$BED_RUN/pod-logs" \
    --images="$BED_DIR/images.yaml,$BED_RUN/images.d" \
    --tls-cert="$PKI/kubelet.crt" --tls-key="$PKI/kubelet.key" --client-ca="$PKI/ca.crt"
}

# The health page succeeds once the current state of every Pod of an earlier run has been
# reported; before that, "Ready" may be outdated.
kubelet_answers() {
  inside curl -sf --max-time 2 -o /dev/null --cacert "$PKI/ca.crt" --cert "$PKI/kubelet-client.crt" \
    --key "$PKI/kubelet-client.key" "https://$NODE_IP:10250/healthz"
}

kubelet_wait() {
  wait_up process-kubelet 120 kubelet_answers
  # The DNS server's Service reserves its address; the process-kubelet answers there.
  kubectl apply --server-side -f "$BED_DIR/manifests/dns.yaml" >/dev/null
}

# COMPONENTS in the order in which they start.
COMPONENTS=(etcd kube-apiserver kube-controller-manager process-kubelet)

stop_all() {
  local i
  for ((i = ${#COMPONENTS[@]} - 1; i >= 0; i--)); do
    # The process-kubelet stops all Pods first.
    stop "${COMPONENTS[i]}" 15
  done
}
