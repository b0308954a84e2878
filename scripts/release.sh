#!/usr/bin/env bash
# The steps of a release (docs/releasing.md). .github/workflows/release.yaml runs them in this order; each also runs on any machine.
#
#   scripts/release.sh version            prints the version, as pom.xml has it
#   scripts/release.sh version X.Y.Z      writes another version to every place that has it
#   scripts/release.sh check TAG          fails unless TAG is `v` and the version, and the changelog has a section for it
#   scripts/release.sh images             builds the images for this machine's architecture, with their bills of materials:
#                                         target/release/images/NAME-ARCHITECTURE.tar, target/release/sbom/NAME.json
#   scripts/release.sh rehearse           does what `push` and `sign` do with a registry on this machine and a key that is
#                                         thrown away, and verifies the signatures. Publishes nothing
#   scripts/release.sh push REGISTRY      pushes one image of several architectures for each NAME, and a chart that names the
#                                         images by digest. REGISTRY is a prefix such as ghcr.io/owner/name. Writes
#                                         target/release/digests.txt. A version that is in the registry is never replaced.
#   scripts/release.sh sign               signs everything in digests.txt and attaches the bills of materials
#   scripts/release.sh notes              prints the changelog's section of the version
#
#   ARCHITECTURES   what `push` expects in target/release/images (amd64 arm64)
#   SIGN_ARGS       more arguments for cosign, for example `--key cosign.key`; without, cosign signs with the identity of
#                   the workflow
#   RELEASE_FOLDER  instead of target/release
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${RELEASE_FOLDER:-target/release}
names=(broker controller sample-server)

fail() {
    echo "release.sh: $*" >&2
    exit 1
}

version() { sed -n '/<artifactId>mcp-gateway-parent</{n;s/.*<version>\(.*\)<.*/\1/;s/-SNAPSHOT$//;p;q}' pom.xml; }

# The name under which an image is published.
published() { [ "$1" = broker ] && echo mcp-gateway || echo "mcp-gateway-$1"; }

set_version() {
    local old new=$1
    old=$(version)
    [[ $new =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "not a version: $new (expected, for example, 1.2.0 or 1.2.0-rc.1)"
    git grep -lF "$old" -- '*.xml' '*.yaml' 'Dockerfile.*' scripts docs e2e/src ':!docs/adr' | while read -r file; do
        sed -i -E "s/(mcp-gateway[a-z-]*[:-]|newTag: |version=\"|[vV]ersion: \"?|VERSION = \"|(<version>))${old//./\\.}((-SNAPSHOT)|\b)/\1$new\4/" "$file"
    done
    echo "$old -> $(version); now review the diff and run: make test"
}

check() {
    local tag=$1
    [ "$tag" = "v$(version)" ] || fail "the tag is $tag, but pom.xml has $(version); run: scripts/release.sh version ${tag#v}"
    [ -n "$(notes)" ] || fail "CHANGELOG.md has no section \"## $(version)\"; rename \"## Unreleased\""
}

notes() {
    awk -v heading="## $(version)" '$0 == heading || index($0, heading " ") == 1 { on = 1; next } /^## / { on = 0 } on' CHANGELOG.md
}

architecture() {
    case $(uname -m) in
        x86_64) echo amd64 ;;
        aarch64) echo arm64 ;;
        *) fail "no images are published for $(uname -m)" ;;
    esac
}

images() {
    local name module
    mkdir -p "$out/images" "$out/sbom"
    scripts/build.sh
    for name in "${names[@]}"; do
        scripts/image.sh archive "$name"
        mv "target/images/$name.tar" "$out/images/$name-$(architecture).tar"
        module=${name/sample-server/e2e}
        cp "$module/target/sbom.json" "$out/sbom/$name.json"
    done
}

# logged COMMAND...: its output goes to the log; the end of that is shown if it fails.
logged() { logged_to "$log" "$@"; }

logged_to() {
    local file=$1
    shift
    "$@" >>"$file" 2>&1 </dev/null || { tail -n 5 "$file" >&2; fail "failed: $(basename "$1") ${*:2}"; }
}

# digest REFERENCE: prints the digest, nothing if the registry has no such thing. Any other answer ends the script.
digest() {
    local errors=$out/errors
    "$crane" digest "$1" 2>"$errors" || grep -q '_UNKNOWN\|404' "$errors" || { cat "$errors" >&2; fail "cannot read $1"; }
}

# publish NAME REPOSITORY: one image for all architectures.
publish() {
    local name=$1 repository=$2 architecture archive layout digests=() there
    layout=$out/layout
    rm -rf "$layout"
    mkdir "$layout"
    for architecture in $architectures; do
        archive=$out/images/$name-$architecture.tar
        mkdir "$layout/$architecture"
        tar -xf "$archive" -C "$layout/$architecture"
        digests+=("$(jq -r '.manifests[0].digest' "$layout/$architecture/index.json")")
    done
    there=$(digest "$repository:$version")
    if [ -z "$there" ]; then
        for architecture in $architectures; do
            logged "$crane" push "$layout/$architecture" "$repository:$version-$architecture"
        done
        logged "$crane" index append "${digests[@]/#/--manifest=$repository@}" --tag "$repository:$version"
        there=$("$crane" digest "$repository:$version")
    elif [ "$("$crane" manifest "$repository@$there" | jq -r '.manifests[].digest')" != "$(printf '%s\n' "${digests[@]}")" ]; then
        fail "$repository:$version is published already, and is another image; a release needs a new version"
    fi
    rm -rf "$layout"
    echo "$name $repository@$there" | tee -a "$out/digests.txt"
}

# publish_chart REPOSITORY: the chart with the images' references in its values.
publish_chart() {
    local repository=$1 folder=$out/chart/mcp-gateway plain=() there
    case $repository in 127.0.0.1:* | localhost:*) plain=(--plain-http) ;; esac
    rm -rf "$out/chart"
    mkdir -p "$out/chart"
    cp -R charts/mcp-gateway "$folder"
    pin image "$(published broker)" "$folder/values.yaml"
    pin imageController "$(published controller)" "$folder/values.yaml"
    logged "$helm" package "$folder" --destination "$out"
    there=$(digest "$repository:$version")
    if [ -z "$there" ]; then
        logged "$helm" push "$out/mcp-gateway-$version.tgz" "oci://${repository%/*}" "${plain[@]}" \
            --registry-config "${DOCKER_CONFIG:-$HOME/.docker}/config.json"
        there=$("$crane" digest "$repository:$version")
    fi
    echo "chart $repository@$there" | tee -a "$out/digests.txt"
}

# pin KEY IMAGE FILE: writes the digest of a published image below a key of the chart's values.
pin() {
    local reference
    reference=$(grep -o "[^ ]*/$2@.*" "$out/digests.txt")
    sed -i "/^$1:/,/^[^ ]/ { s|repository: .*|repository: ${reference%@*}|; s|digest: \"\".*|digest: \"${reference#*@}\"| }" "$3"
}

push() {
    local registry=$1 version crane helm log=$out/push.log name architecture architectures=${ARCHITECTURES:-amd64 arm64}
    for name in "${names[@]}"; do
        for architecture in $architectures; do
            [ -f "$out/images/$name-$architecture.tar" ] ||
                fail "no such file: $out/images/$name-$architecture.tar; run scripts/release.sh images on a machine of this architecture"
        done
    done
    version=$(version)
    crane=$(scripts/tools.sh crane)
    helm=$(scripts/tools.sh kubectl)/helm
    : >"$log"
    : >"$out/digests.txt"
    for name in "${names[@]}"; do
        publish "$name" "$registry/$(published "$name")"
    done
    publish_chart "$registry/charts/mcp-gateway"
}

sign() {
    local cosign name reference more
    [ -s "$out/digests.txt" ] || fail "nothing to sign: $out/digests.txt is missing; run scripts/release.sh push"
    cosign=$(scripts/tools.sh cosign)
    read -r -a more <<<"${SIGN_ARGS:-}"
    while read -r name reference; do
        # --recursive: the image of each architecture too.
        "$cosign" sign --yes --recursive "${more[@]}" "$reference" </dev/null
        if [ -f "$out/sbom/$name.json" ]; then
            "$cosign" attest --yes "${more[@]}" --type cyclonedx --predicate "$out/sbom/$name.json" "$reference" </dev/null
        elif [ "$name" != chart ]; then
            fail "no bill of materials: $out/sbom/$name.json"
        fi
    done <"$out/digests.txt"
}

rehearse() {
    local crane cosign registry port name reference folder=$out/rehearsal
    crane=$(scripts/tools.sh crane)
    cosign=$(scripts/tools.sh cosign)
    rm -rf "$folder"
    mkdir -p "$folder"
    folder=$(realpath "$folder")
    ln -s "$(realpath "$out/images")" "$(realpath "$out/sbom")" "$folder"
    (cd "$folder" && COSIGN_PASSWORD='' "$cosign" generate-key-pair && "$cosign" signing-config create --out no-services.json) \
        >"$folder/keys.log" 2>&1 || fail "cannot make a key: $folder/keys.log"
    : >"$folder/registry.log"
    "$crane" registry serve --address 127.0.0.1:0 >>"$folder/registry.log" 2>&1 &
    registry=$!
    trap "kill $registry 2>/dev/null || true" EXIT
    until port=$(sed -n 's/.*serving on port //p' "$folder/registry.log") && [ -n "$port" ]; do
        kill -0 "$registry" 2>/dev/null || fail "the registry does not run: $folder/registry.log"
        sleep 0.1
    done
    out=$folder
    push "127.0.0.1:$port/rehearsal"
    # No transparency log, which is public.
    COSIGN_PASSWORD='' SIGN_ARGS="--key $out/cosign.key --signing-config $out/no-services.json" sign >"$out/sign.log" 2>&1 ||
        { tail -n 5 "$out/sign.log" >&2; fail "signing failed: $out/sign.log"; }
    while read -r name reference; do
        logged_to "$out/verify.log" "$cosign" verify --key "$out/cosign.pub" --insecure-ignore-tlog=true "$reference"
        [ "$name" = chart ] || logged_to "$out/verify.log" "$cosign" verify-attestation --key "$out/cosign.pub" \
            --insecure-ignore-tlog=true --type cyclonedx "$reference"
    done <"$out/digests.txt"
    echo "signatures and bills of materials verified; nothing was published"
}

case ${1:-} in
    version) if [ $# -gt 1 ]; then set_version "$2"; else version; fi ;;
    check) check "${2:?TAG}" ;;
    images) images ;;
    rehearse) rehearse ;;
    push) push "${2:?REGISTRY}" ;;
    sign) sign ;;
    notes) notes ;;
    *) fail "usage: scripts/release.sh version [X.Y.Z] | check TAG | images | rehearse | push REGISTRY | sign | notes" ;;
esac
