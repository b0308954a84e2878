#!/usr/bin/env bash
# Builds the container images' contents, with or without a container engine: the Dockerfiles run the same steps.
#
#   scripts/image.sh root NAME FOLDER   the image's file system, from what Maven built; NAME is broker, controller or
#                                       sample-server. An existing FOLDER is removed first.
#   scripts/image.sh check NAME         builds the archive twice, without the AOT cache, and fails if they differ
#   scripts/image.sh archive NAME [REFERENCE...]
#                                       target/images/NAME/root, and target/images/NAME.tar, an OCI archive that
#                                       `docker load`, `podman load` and `skopeo copy oci-archive:` accept; each REFERENCE,
#                                       such as example.org/team/broker:dev, is another name of the image
#
# An image contains a Java runtime with only the modules in use (jlink), the few shared libraries that it needs, the program
# with its libraries, and an AOT cache from a training run inside the image's own root. No shell, no package manager.
# The same sources and the same JDK give the same image, except for that cache, which the JVM writes differently each time: it is
# a separate layer, and AOT=no leaves it out.
# Needs a JDK 25, Python 3 for an archive, and root or user namespaces (for chroot).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/env.sh

# The modification time of everything in an image, so the same sources give the same layers.
epoch=$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<.*/\1/p' pom.xml)
user=65532

fail() {
    echo "image.sh: $*" >&2
    exit 1
}

describe() {
    modules=java.base,java.instrument,java.logging,java.management,java.naming,java.net.http,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.net,jdk.unsupported
    case $1 in
        broker) module=broker jar=mcp-gateway-broker.jar main=io.mcpgateway.broker.BrokerMain ;;
        controller) module=controller jar=mcp-gateway-controller.jar main=io.mcpgateway.controller.ControllerMain ;;
        sample-server)
            module=e2e jar=mcp-gateway-e2e.jar main=io.mcpgateway.e2e.servers.SampleServerMain
            modules=$modules,java.sql
            ;;
        *) fail "unknown image $1; there are broker, controller, sample-server" ;;
    esac
    [ -f "$module/target/$jar" ] || fail "not built: $module/target/$jar; run: mvn -DskipTests package"
}

# The Java runtime and the C library that it was linked with.
runtime() {
    "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
        --compress zip-6 --output "$root/opt/java"
    find "$root/opt/java" '(' -name '*.so' -o -path '*/bin/java' ')' -exec ldd {} + |
        awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\/.*ld-linux/ { print $1 }' | sort -u |
        while read -r library; do
            case $library in
                "$PWD"/* | "$root"/*) ;;
                *) install -D -m 755 "$library" "$root$library" ;;
            esac
        done
}

files() {
    mkdir -p "$root"/{app/lib,dev,etc,proc,tmp}
    chmod 1777 "$root/tmp"
    printf 'root:x:0:0:root:/:/none\nnonroot:x:%s:%s:nonroot:/tmp:/none\n' $user $user >"$root/etc/passwd"
    printf 'root:x:0:\nnonroot:x:%s:\n' $user >"$root/etc/group"
    printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"
    install -m 644 "$module/target/$jar" "$root/app/$jar"
    for library in "$module"/target/lib/*.jar; do
        install -m 644 "$library" "$root/app/lib/"
    done
    if [ -f "$module/target/sbom.json" ]; then
        install -m 644 "$module/target/sbom.json" "$root/app/sbom.json"
    fi
    # The class path is written out, because the AOT cache is only used if it is exactly that of the training run.
    {
        printf -- '-XX:+UseSerialGC\n-XX:MaxRAMPercentage=60\n-XX:+ExitOnOutOfMemoryError\n-XX:-UsePerfData\n'
        # By default the JVM starts with 2.6 MiB for new objects and only resizes that space in a full collection, which rarely
        # happens. 6 MiB is as much as the memory target of an idle broker allows (make heap).
        printf -- '-XX:NewSize=6m\n'
        # Returns the memory that the compiler needed in the first seconds: a tenth of an idle broker's memory.
        printf -- '-XX:TrimNativeHeapInterval=10000\n'
        # Netty's leak detector records the stack of one buffer in a hundred; only people who change Netty need it.
        printf -- '-Dio.grpc.netty.shaded.io.netty.leakDetection.level=disabled\n'
        printf -- '-Xlog:aot*=error\n-Djava.io.tmpdir=/tmp\n--enable-native-access=ALL-UNNAMED\n-Dstdout.encoding=UTF-8\n'
        printf -- '-cp "/app/%s' "$jar"
        (cd "$root/app" && printf ':/app/%s' lib/*.jar)
        printf '"\n'
    } >"$root/app/java.options"
}

# Runs a program of the image. Without /proc, the loader does not find the runtime's own libraries by itself.
# Call it in a subshell: it replaces the shell.
inside() {
    export LD_LIBRARY_PATH=/opt/java/lib
    if [ "$(id -u)" = 0 ]; then
        exec chroot "$root" "$@"
    fi
    exec unshare --map-root-user chroot "$root" "$@"
}

# The program starts, answers a few requests, and ends; what it loaded goes into the cache. In a chroot, its ports are ports
# of the machine.
train() {
    local base=$1 pid
    local client=("$JAVA_HOME/bin/java" scripts/Train.java) ports=()
    # Without method profiles: with those of a training run, a broker needs twice the CPU time for each call in its first half
    # minute, and more memory (measured with JDK 25.0.3).
    local recording=(-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining)
    shift
    if [ "$module" = broker ]; then
        # The client also plays Envoy and a server; otherwise most of what startup needs would not be loaded.
        local libraries
        libraries=$(printf '%s:' "$root"/app/lib/{api,grpc,proto,perfmark,guava,failureaccess}*.jar)
        client=("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "$libraries" scripts/TrainBroker.java)
        ports=(18051 18888)
    fi
    mknod -m 666 "$root/dev/null" c 1 3
    mknod -m 666 "$root/dev/random" c 1 8
    mknod -m 666 "$root/dev/urandom" c 1 9
    (inside /opt/java/bin/java "${recording[@]}" -XX:AOTMode=record -XX:AOTConfiguration=/tmp/training \
        @/app/java.options "$main" "$@") >"$log" 2>&1 &
    pid=$!
    "${client[@]}" "$base" "$pid" "${ports[@]}" || { kill "$pid"; cat "$log" >&2; fail "the training run failed"; }
    kill "$pid" 2>/dev/null || true
    wait "$pid" || true
    (inside /opt/java/bin/java "${recording[@]}" -XX:AOTMode=create -XX:AOTConfiguration=/tmp/training -XX:AOTCache=/app/app.aot \
        @/app/java.options) >>"$log" 2>&1 || { cat "$log" >&2; fail "the training run gave no AOT cache"; }
    rm -rf "$root"/dev/* "$root"/tmp/*
    printf -- '-XX:AOTCache=/app/app.aot\n' >>"$root/app/java.options"
}

build_root() {
    describe "$1"
    root=$(mkdir -p "$(dirname "$2")" && realpath -m "$2")
    log=$root.log
    case $root in / | "$PWD" | "$HOME") fail "not a folder of its own: $root" ;; esac
    rm -rf "$root"
    runtime
    files
    # Before the training run as well, because the cache contains the jars' times.
    find "$root" -exec touch -h -d "$epoch" {} +
    if [ "${AOT:-yes}" = yes ]; then
        case $1 in
            broker)
                cat >"$root/tmp/config.yaml" <<'EOF'
servers:
- name: training/server
  url: http://127.0.0.1:18888/mcp
  hostname: server.train.mcp.local
  toolPrefix: train_
EOF
                train http://127.0.0.1:18080 --mcp-gateway-config /tmp/config.yaml \
                    --mcp-gateway-public-host mcp.test --mcp-gateway-private-host 127.0.0.1:18888 \
                    --mcp-broker-public-address 127.0.0.1:18080 --mcp-router-address 127.0.0.1:18051 \
                    --metrics-addr 127.0.0.1:18090
                ;;
            controller)
                # The trainer plays an empty API server: what the controller does with it is most of its startup.
                KUBERNETES_MASTER=http://127.0.0.1:18083 \
                    train http://127.0.0.1:18081 --health-port 18081 --metrics-port 18082 --leader-elect=false
                ;;
            sample-server)
                train http://127.0.0.1:18070 --kind=server1 --host=127.0.0.1 --port=18070
                ;;
        esac
        find "$root" -exec touch -h -d "$epoch" {} +
    fi
}

# check NAME: builds and packs twice, in two folders.
check() {
    local number folder=target/images/$1/check
    for number in 1 2; do
        AOT=no build_root "$1" "$folder/$number/root"
        python3 scripts/oci.py "$1" "$main" "$root" "$folder/$number.tar" "$epoch" >/dev/null
    done
    cmp "$folder/1.tar" "$folder/2.tar" || fail "two builds of $1 differ: $folder/1.tar, $folder/2.tar"
    printf '%s: two builds without the AOT cache are the same, sha256 %s\n' "$1" "$(sha256sum <"$folder/1.tar" | cut -d ' ' -f 1)"
    rm -rf "$folder"
}

case ${1:-} in
    check)
        check "${2:?NAME}"
        ;;
    root)
        build_root "${2:?NAME}" "${3:?FOLDER}"
        ;;
    archive)
        build_root "${2:?NAME}" "target/images/$2/root"
        python3 scripts/oci.py "$2" "$main" "$root" "target/images/$2.tar" "$epoch" "${@:3}"
        ;;
    *) fail "usage: scripts/image.sh root NAME FOLDER | archive NAME [REFERENCE...] | check NAME" ;;
esac
