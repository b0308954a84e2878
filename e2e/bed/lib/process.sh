# shellcheck shell=bash
# Starts and stops the bed's processes. A process is identified by its pid and its
# start time, so a reused pid is never mistaken for ours. Source it.

# start_time PID: the kernel's start time of a process; empty if there is none.
start_time() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  # The name in parentheses may contain spaces; field 22 is the 20th after it.
  read -ra fields <<<"${stat##*) }"
  echo "${fields[19]}"
}

# pid_of NAME: the pid of a running component, otherwise nothing.
pid_of() {
  local pid started
  [[ -f $BED_RUN/pid/$1 ]] || return 0
  read -r pid started <"$BED_RUN/pid/$1"
  [[ -n $started && $(start_time "$pid") == "$started" ]] || return 0
  # A zombie has ended, but its parent has not noticed yet.
  grep -q '^State:[[:space:]]*Z' "/proc/$pid/status" 2>/dev/null || echo "$pid"
}

# start NAME COMMAND...: runs a component inside the bed's namespace.
start() {
  local name=$1 pid
  shift
  [[ -z $(pid_of "$name") ]] || return 0
  mkdir -p "$BED_RUN/pid" "$BED_RUN/log"
  # No file descriptor may leak: neither the output, whose end a caller may wait for,
  # nor the lock.
  setsid ip netns exec "$BED_NETNS" "$@" </dev/null >"$BED_RUN/log/$name.log" 2>&1 8<&- &
  pid=$!
  echo "$pid $(start_time "$pid")" >"$BED_RUN/pid/$name"
  disown "$pid"
}

# wait_up NAME SECONDS COMMAND...: waits for a component to answer; ends early if
# its process ends.
wait_up() {
  local name=$1 limit=$2 start
  shift 2
  start=$(now)
  until "$@" >/dev/null 2>&1; do
    if [[ -z $(pid_of "$name") ]]; then
      echo "$name has ended; its log ends with:" >&2
      tail -n 15 "$BED_RUN/log/$name.log" >&2
      return 1
    fi
    (($(now) - start < limit * 1000)) || {
      echo "$name does not answer after $limit s; its log ends with:" >&2
      tail -n 15 "$BED_RUN/log/$name.log" >&2
      return 1
    }
    sleep 0.1
  done
}

# stop NAME SECONDS: asks a component to end, and kills it if it does not.
stop() {
  local name=$1 limit=$2 pid start
  pid=$(pid_of "$name")
  if [[ -n $pid ]]; then
    kill -TERM "$pid" 2>/dev/null || true
    start=$(now)
    while [[ -n $(pid_of "$name") ]]; do
      if (($(now) - start > limit * 1000)); then
        kill -KILL "$pid" 2>/dev/null || true
      fi
      sleep 0.05
    done
  fi
  rm -f "$BED_RUN/pid/$name"
}
