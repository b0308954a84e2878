#!/usr/bin/env bash
# Builds the documentation as a website, target/site/index.html, with MkDocs. Fails if a link to a page or to a heading is
# broken.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tool=$(scripts/tools.sh mkdocs)

rm -rf target/docs target/site
mkdir -p target/docs
# In the same folders as in the project, so the links stay valid, with the other files that they lead to.
cp --parents ./*.md LICENSE .ci/run docs/*.md docs/images/* docs/bench/* docs/scale/* docs/adr/* config/compose/config.yaml e2e/README.md e2e/bed/README.md e2e/foreign/strangers/README.md e2e/foreign/strangers/scenarios.yaml e2e/conformance/expected-failures.yaml e2e/src/test/resources/bed/token-exchange.yaml target/docs
# Without --quiet, which would also hide the warnings from the count that --strict needs.
PYTHONPATH=$tool python3 -m mkdocs build --config-file e2e/foreign/mkdocs/mkdocs.yml >target/docs.log 2>&1 || {
    cat target/docs.log >&2
    exit 1
}
echo "target/site/index.html"
