#!/usr/bin/env python3
"""Packs an image's root into an OCI archive: oci.py NAME MAIN_CLASS ROOT FILE CREATED [REFERENCE...].

A REFERENCE, such as example.org/team/broker:dev, is another name of the image after the archive is imported.

The same root gives the same archive: files in name order, owned by root, all times CREATED. Layers by how often they
change: the runtime, the libraries, the program, and what is different in each build, the AOT cache. Besides the OCI
layout there is the manifest.json that older engines' `docker load` looks for; both name the same blobs.
"""

import datetime
import gzip
import hashlib
import io
import json
import os
import platform
import sys
import tarfile

VERSION = "0.1.0"
CACHE = "app/app.aot"
LAYERS = (
    ("runtime", lambda path: not path.startswith("app")),
    ("libraries", lambda path: path in ("app", "app/lib") or path.startswith("app/lib/")),
    ("program", lambda path: path.startswith("app/") and not path.startswith("app/lib") and path != CACHE),
    ("AOT cache", lambda path: path == CACHE),
)
DESCRIPTIONS = {
    "broker": "The broker and router: MCP endpoint and Envoy external processor of MCP Gateway for Java",
    "controller": "The Kubernetes controller of MCP Gateway for Java",
}
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def paths(root):
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(folders + files):
            yield os.path.relpath(os.path.join(folder, name), root)


def layer(root, chosen, time):
    text = io.BytesIO()
    with tarfile.open(fileobj=text, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(filter(chosen, paths(root))):
            entry = archive.gettarinfo(os.path.join(root, path), path)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = time
            if entry.isfile():
                with open(os.path.join(root, path), "rb") as content:
                    archive.addfile(entry, content)
            else:
                archive.addfile(entry)
    return text.getvalue()


def location(blob):
    return "blobs/" + blob["digest"].replace(":", "/")


def compressed(data):
    text = io.BytesIO()
    with gzip.GzipFile(fileobj=text, mode="wb", mtime=0, compresslevel=6) as archive:
        archive.write(data)
    return text.getvalue()


def whole(reference):
    """The name that containerd and Docker mean by a reference without a registry."""
    first, slash, _ = reference.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost"):
        return reference
    return "docker.io/" + ("" if slash else "library/") + reference


def main():
    name, main_class, root, target, created = sys.argv[1:6]
    time = int(datetime.datetime.fromisoformat(created.replace("Z", "+00:00")).timestamp())
    title = name if name.startswith("mcp-gateway") else "mcp-gateway" + ("" if name == "broker" else "-" + name)
    labels = {
        "org.opencontainers.image.title": title,
        "org.opencontainers.image.description": DESCRIPTIONS.get(name, title),
        "org.opencontainers.image.version": VERSION,
        "org.opencontainers.image.created": created,
        "org.opencontainers.image.licenses": "Apache-2.0",
    }
    blobs, layers, differences = {}, [], []

    def blob(data, media_type):
        blobs[digest(data)] = data
        return {"mediaType": media_type, "digest": digest(data), "size": len(data)}

    kinds = [kind for kind in LAYERS if any(map(kind[1], paths(root)))]
    for _, chosen in kinds:
        data = layer(root, chosen, time)
        differences.append(digest(data))
        layers.append(blob(compressed(data), "application/vnd.oci.image.layer.v1.tar+gzip"))
    config = {
        "created": created,
        "architecture": ARCHITECTURES.get(platform.machine(), platform.machine()),
        "os": "linux",
        "config": {
            "User": "65532:65532",
            "WorkingDir": "/app",
            "Entrypoint": ["/opt/java/bin/java", "@/app/java.options", main_class],
            "Labels": labels,
        },
        "rootfs": {"type": "layers", "diff_ids": differences},
        "history": [{"created": created, "comment": label} for label, _ in kinds],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": blob(json.dumps(config, sort_keys=True).encode(), "application/vnd.oci.image.config.v1+json"),
        "layers": layers,
        "annotations": labels,
    }
    entry = blob(json.dumps(manifest, sort_keys=True).encode(), manifest["mediaType"])
    references = [f"{title}:{VERSION}"] + sys.argv[6:]
    entries = [entry | {"annotations": {"org.opencontainers.image.ref.name": reference,
                                        "io.containerd.image.name": whole(reference)}} for reference in references]
    index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": entries}
    docker = [{
        "Config": location(manifest["config"]),
        "RepoTags": references,
        "Layers": [location(part) for part in layers],
    }]
    files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}', "index.json": json.dumps(index, sort_keys=True).encode(),
             "manifest.json": json.dumps(docker, sort_keys=True).encode()}
    files |= {"blobs/" + key.replace(":", "/"): data for key, data in blobs.items()}
    with tarfile.open(target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, data in sorted(files.items()):
            entry = tarfile.TarInfo(path)
            entry.size, entry.mtime, entry.mode = len(data), time, 0o644
            archive.addfile(entry, io.BytesIO(data))
    sizes = ", ".join(f"{label} {part['size'] / 1e6:.1f} MB" for (label, _), part in zip(kinds, layers))
    print(f"{target}: {', '.join(references)}, compressed {sum(part['size'] for part in layers) / 1e6:.1f} MB ({sizes})")


main()
