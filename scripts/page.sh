#!/usr/bin/env bash
# Checks the broker's status page with a real Chromium (e2e/foreign/page/check.mjs). CHROMIUM is the program, if it is not on
# PATH; PAGE_SCREENSHOTS is a folder for screenshots, PAGE_URL the page of a broker that runs, which is then shown in them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$chromium" ]; then
    echo "page-check: needs Chromium. On Debian: apt-get install --no-install-recommends chromium; elsewhere: CHROMIUM=/path/to/chrome make page-check" >&2
    exit 1
fi
modules=$(scripts/tools.sh page)
[ -z "${PAGE_SCREENSHOTS:-}" ] || mkdir -p "$PAGE_SCREENSHOTS"
exec timeout 120 node e2e/foreign/page/check.mjs broker/src/main/resources/io/mcpgateway/broker/status/page "$modules" "$chromium" \
    ${PAGE_SCREENSHOTS:+"$PAGE_SCREENSHOTS"}
