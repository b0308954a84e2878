#!/usr/bin/env python3
"""Asks a server what its clients ask first, so that a training run loads what a start needs: train.py BASE_URL PID."""

import os
import sys
import time
import urllib.error
import urllib.request

REVISION = "2025-06-18"
INITIALIZE = (
    b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",'
    b'"capabilities":{},"clientInfo":{"name":"training","version":"1"}}}'
)
LIMIT_SECONDS = 120


def ask(url, body=None, session=None):
    headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": REVISION}
    if body:
        headers["Content-Type"] = "application/json"
    if session:
        headers["Mcp-Session-Id"] = session
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=body, headers=headers), timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def await_start(base, pid):
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        os.kill(pid, 0)
        try:
            return ask(base + "/healthz")
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{base} did not answer within {LIMIT_SECONDS} s")


def main():
    base, pid = sys.argv[1], int(sys.argv[2])
    await_start(base, pid)
    for path in ("/readyz", "/status"):
        ask(base + path)
    for _ in range(20):
        _, headers, _ = ask(base + "/mcp", INITIALIZE)
        session = next((value for name, value in headers.items() if name.lower() == "mcp-session-id"), None)
        if session is None:
            break
        ask(base + "/mcp", b'{"jsonrpc":"2.0","method":"notifications/initialized"}', session)
        ask(base + "/mcp", b'{"jsonrpc":"2.0","id":2,"method":"tools/list"}', session)
        ask(base + "/mcp", b'{"jsonrpc":"2.0","id":3,"method":"ping"}', session)


main()
