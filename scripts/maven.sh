# Source this after env.sh: it runs Maven with its output in a log file, and shows the progress about every second.

# maven_step LOG: prints what Maven is doing, and how much it has downloaded.
maven_step() {
    local step downloads
    step=$(grep -E '^\[INFO\] (Building .* \[|--- )' "$1" | tail -n 1 |
        sed -E 's/^\[INFO\] Building (MCP Gateway: )?//; s/ [^ ]+ +\[[0-9/]+\]$//
                s/^\[INFO\] --- (maven-)?([a-z0-9]+)(-maven)?(-plugin)?:.* @ (mcp-gateway-)?([a-z0-9-]+) ---$/\6: \2/')
    downloads=$(grep -c '^Downloaded from\|^\[INFO\] Downloaded from' "$1" || true)
    echo "${step:-starting Maven}$([ "$downloads" -eq 0 ] || echo ", $downloads files downloaded")"
}

# maven_with_progress LOG ARGUMENT...: returns Maven's exit status.
maven_with_progress() {
    local log=$1 begin=$SECONDS last='' lasted=0 text pid
    shift
    : >"$log"
    "$MVN" -B "$@" >"$log" 2>&1 &
    pid=$!
    trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; maven_stopped' INT TERM
    while kill -0 "$pid" 2>/dev/null; do
        text=$(maven_step "$log")
        if [ -t 1 ]; then
            printf '\r\033[K  %3d s  %s' $((SECONDS - begin)) "$text"
        elif [ "$text" != "$last" ] && [ $((SECONDS - lasted)) -ge 2 ] || [ $((SECONDS - lasted)) -ge 10 ] || [ -z "$last" ]; then
            printf '  %3d s  %s\n' $((SECONDS - begin)) "$text"
            last=$text lasted=$SECONDS
        fi
        sleep 0.5
    done
    trap - INT TERM
    [ ! -t 1 ] || printf '\r\033[K'
    if wait "$pid"; then
        echo "  built in $((SECONDS - begin)) s"
        rm -f "$log"
        return 0
    fi
    echo "The build failed; the log is $log:" >&2
    { grep -m 3 '^\[ERROR\]' "$log" || tail -n 3 "$log"; } | cut -c 1-300 >&2
    return 1
}

maven_stopped() {
    echo
    echo "Build stopped. Nothing is running any more; the downloads are kept, so the next build is faster." >&2
    exit 130
}

# Written when a complete build has succeeded: contains the JDK, and has the time at which the build began.
built=target/built

# is_built: whether the programs and the test classes are up to date.
is_built() {
    [ -f "$built" ] && [ "$(cat "$built")" = "$JAVA_HOME" ] || return 1
    local output
    for output in {broker/target/mcp-gateway-broker,controller/target/mcp-gateway-controller,e2e/target/mcp-gateway-e2e}.jar \
        {broker,controller,e2e}/target/{lib,sbom.json,test-classes}; do
        [ -e "$output" ] || return 1
    done
    # Deleting a file makes its folder newer.
    [ -z "$(find pom.xml ./*/pom.xml ./*/src -newer "$built" -print -quit)" ]
}

build_begins() {
    mkdir -p target
    rm -f "$built"
    echo "$JAVA_HOME" >"$built.begun"
}

build_ends() { mv "$built.begun" "$built"; }
