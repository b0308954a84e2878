# Source this: it finds a JDK 25 or later and Maven 3.8 or later and exports JAVA_HOME and MVN. If one is missing, it prints
# one line that says how to get it, and returns 1.

java_release() {
    [ -x "$1/bin/javac" ] || return 1
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
    local candidate release on_path
    on_path=$(command -v java 2>/dev/null || true)
    if [ -n "$on_path" ]; then
        # The java on PATH is often a link into the JDK.
        on_path=$(cd "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")/.." && pwd)
    fi
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$on_path"; do
        [ -n "$candidate" ] || continue
        release=$(java_release "$candidate" || true)
        if [ "${release:-0}" -ge 25 ]; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

find_maven() {
    local candidate version
    for candidate in "${MAVEN_HOME:-}/bin/mvn" "${M2_HOME:-}/bin/mvn" "$(command -v mvn 2>/dev/null || true)" \
        /opt/*maven*/bin/mvn "$HOME"/.sdkman/candidates/maven/current/bin/mvn; do
        [ -x "$candidate" ] || continue
        version=$("$candidate" --version 2>/dev/null | sed -n 's/^.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
        case $version in
            3.[0-7] | 3 | '') ;;
            *)
                printf '%s\n' "$candidate"
                return 0
                ;;
        esac
    done
    return 1
}

if ! JAVA_HOME=$(find_jdk); then
    echo "No JDK 25 found: install one (for example Eclipse Temurin 25) and set JAVA_HOME to its folder." >&2
    return 1
fi
export JAVA_HOME
if ! MVN=$(find_maven); then
    echo "No Maven 3.8 or later found: install it (Debian: apt-get install maven) and have mvn on PATH." >&2
    return 1
fi
export MVN
