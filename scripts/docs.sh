#!/usr/bin/env bash
# Makes a website of the documentation, target/site/index.html, with a tool of the Python package index. A link that leads
# nowhere, in a page or to a heading of one, fails it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tool=$(scripts/tools.sh mkdocs)

rm -rf target/docs target/site
mkdir -p target/docs
# In the same folders as here, so that the same links hold. What else they lead to comes along.
cp --parents ./*.md LICENSE .ci/run docs/*.md docs/adr/* config/compose/config.yaml e2e/README.md e2e/bed/README.md e2e/foreign/strangers/README.md e2e/foreign/strangers/scenarios.yaml e2e/conformance/expected-failures.yaml e2e/src/test/resources/bed/token-exchange.yaml target/docs
# Not --quiet: then it does not count what it does not say.
PYTHONPATH=$tool python3 -m mkdocs build --config-file e2e/foreign/mkdocs/mkdocs.yml >target/docs.log 2>&1 || {
    cat target/docs.log >&2
    exit 1
}
echo "target/site/index.html"
