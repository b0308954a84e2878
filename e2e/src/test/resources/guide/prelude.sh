# What stands for the guide's placeholders in the healthy system; a scene may say otherwise.
: "${NS:=mcp-system}" "${GNS:=gateway-system}" "${GATEWAY:=mcp-gateway}"
: "${ROUTE:=mcp-gateway-route}" "${ROUTE_NS:=mcp-system}"
: "${EXTENSION:=mcp-gateway}" "${EXTENSION_NS:=mcp-system}"
: "${SERVER:=guide}" "${SERVER_NS:=mcp-test}" "${SERVER_ROUTE:=server1}" "${SERVICE:=server1}" "${PORT:=9090}"
: "${SECRET:=guide-credential}" "${POLICY:=guide-policy}" "${POLICY_NS:=gateway-system}"
: "${VIRTUAL_SERVER:=guide-small}" "${VIRTUAL_SERVER_NS:=mcp-test}"
: "${EXTERNAL:=guide-external}" "${EXTERNAL_HOST:=weather.external.test}"
: "${MCP_URL:=http://${MCP_HOST:-}/mcp}"
set -o pipefail
# kubectl run names its Pod; one that an interrupted run left would be in the way.
export TERM=dumb

# Starts a session and prints its id; further arguments go to curl.
session() {
    curl -sS -D - -o /dev/null -X POST "$MCP_URL" -H 'Content-Type: application/json' "$@" -d '{"jsonrpc":"2.0",
        "id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{
        "name":"guide","version":"1.0"}}}' | tr -d '\r' | sed -n 's/^mcp-session-id: //Ip'
}

# Sends a JSON-RPC message: rpc SESSION METHOD PARAMS [CURL ARGUMENTS...]
rpc() {
    local session=$1 method=$2 params=$3
    shift 3
    curl -sS -X POST "$MCP_URL" -H 'Content-Type: application/json' -H "mcp-session-id: $session" "$@" \
        -d '{"jsonrpc":"2.0","id":7,"method":"'"$method"'","params":'"$params"'}'
}

tools() { rpc "$(session)" tools/list '{}' | jq -r '.result.tools[].name'; }

# A condition of an object: condition KIND NAMESPACE NAME TYPE
condition() {
    kubectl get "$1" -n "$2" "$3" -o jsonpath="{range .status.conditions[?(@.type=='$4')]}{.status} {.reason}: {.message}{end}"
    echo
}

# Says NotFound when a namespace is gone.
gone() { kubectl get namespace "$1" 2>&1 || true; }

# Waits until lines print something that matches: eventually PATTERN COMMAND...
eventually() {
    local pattern=$1 end=$((SECONDS + 110)) text
    shift
    until text=$("$@" 2>&1) && grep -qE "$pattern" <<<"$text"; do
        if [ $SECONDS -ge $end ]; then
            printf 'waited in vain for %s; last seen:\n%s\n' "$pattern" "$text" >&2
            return 1
        fi
        sleep 0.3
    done
}

all_well() {
    eventually '^True' condition mcpge mcp-system mcp-gateway Ready
    eventually '^True' condition mcpsr mcp-test server1 Ready
    eventually '^True' condition mcpsr mcp-test server2 Ready
    eventually '^test1_greet' tools
    eventually '^test2_time' tools
}
