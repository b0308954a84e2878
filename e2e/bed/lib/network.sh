# shellcheck shell=bash
# The bed's network namespace: a bridge for Pods and nothing that leads out. Source it.
# shellcheck disable=SC2034 # the addresses are for scripts that source this

POD_NETWORK=10.244.0.0/16
SERVICE_NETWORK=10.96.0.0/16
BALANCER_NETWORK=10.97.0.0/16
NODE_IP=10.244.0.1
API_SERVICE_IP=10.96.0.1
DNS_IP=10.96.0.10
BRIDGE=pods

network_is_up() { [[ -e /run/netns/$BED_NETNS ]]; }

network_up() {
  if ! network_is_up; then
    ip netns add "$BED_NETNS"
    # Services' and load balancers' addresses are all local here: whoever binds one
    # of them gets its connections, and none of them can leave the namespace.
    # The bridge has an address of its own. Otherwise it takes the lowest one of the Pods' cables, and when that Pod
    # ends, no other Pod reaches the bed for half a minute: their ARP entries still have the old address.
    ip -n "$BED_NETNS" -batch - <<BATCH
link set lo up
link add name $BRIDGE address 02:00:0a:f4:00:01 type bridge
address add $NODE_IP/16 dev $BRIDGE
link set $BRIDGE up
route add local $SERVICE_NETWORK dev lo
route add local $BALANCER_NETWORK dev lo
BATCH
  fi
  # "ip netns exec" shows processes these files as /etc/...
  mkdir -p "/etc/netns/$BED_NETNS"
  echo "nameserver $DNS_IP" >"/etc/netns/$BED_NETNS/resolv.conf"
}

network_down() {
  if network_is_up; then
    local left
    left=$(ip netns pids "$BED_NETNS" 2>/dev/null | tr '\n' ' ')
    [[ -z $left ]] || say "still inside the namespace, not started by the bed: $left"
    ip netns delete "$BED_NETNS"
  fi
  rm -rf "/etc/netns/${BED_NETNS:?}"
  rmdir /etc/netns 2>/dev/null || true
}
