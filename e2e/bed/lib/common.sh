# shellcheck shell=bash
# Settings and helpers that every script of the bed shares. Source it.
# shellcheck disable=SC2034 # the settings are for scripts that source this

BED_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BED_TOOLS=$BED_DIR/tools
BED_RUN=${MCP_GATEWAY_BED_RUN:-$BED_DIR/.run}
BED_NETNS=${MCP_GATEWAY_BED_NETNS:-mcpbed}
BED_CACHE=${MCP_GATEWAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mcp-gateway}/bed
export BED_DIR

die() {
  printf 'bed: %s\n' "$*" >&2
  exit 1
}

say() { printf '%s\n' "$*"; }

# now: milliseconds, for measuring time.
now() { echo "${EPOCHREALTIME/[.,]/}" | cut -c1-13; }

# seconds FROM: the time since FROM as seconds with one decimal.
seconds() {
  local ms=$(($(now) - $1))
  printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}

# need COMMAND HOW: one clear line for a missing tool.
need() { command -v "$1" >/dev/null 2>&1 || die "$1 is missing; install it with: $2"; }

# slug TEXT: the text as a file name.
slug() { tr -cs 'a-zA-Z0-9' '-' <<<"$1" | tr '[:upper:]' '[:lower:]' | sed 's/-*$//'; }

# step TEXT COMMAND...: runs the command with its output in a log file and prints
# one line, or the end of the log if the command fails.
step() {
  local text=$1 start log
  shift
  start=$(now)
  mkdir -p "$STEP_LOGS"
  log=$STEP_LOGS/$(slug "$text").log
  if "$@" >"$log" 2>&1; then
    printf '  %-48s %8s\n' "$text" "$(seconds "$start")"
  else
    printf '  %-48s FAILED after %s\n' "$text" "$(seconds "$start")" >&2
    tail -n 20 "$log" >&2
    die "$text failed; the complete log is $log"
  fi
}

# wait_for SECONDS WHAT COMMAND...: polls until the command succeeds.
wait_for() {
  local limit=$1 what=$2 start
  shift 2
  start=$(now)
  until "$@" >/dev/null 2>&1; do
    (($(now) - start < limit * 1000)) || {
      echo "$what did not happen within $limit s" >&2
      return 1
    }
    sleep 0.1
  done
}
