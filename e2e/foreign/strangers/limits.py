"""Connects a client on the Python MCP SDK and prints the revision that it uses, or the error that its user sees.

Usage: python3 limits.py 1|2|2-modern URL VIRTUALSERVER
"""

import asyncio
import sys

KIND, URL, VIRTUAL_SERVER = sys.argv[1:4]
HEADERS = {"X-Mcp-Virtualserver": VIRTUAL_SERVER}


async def first() -> str:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async with streamablehttp_client(URL, headers=HEADERS) as (read, write, _):
        async with ClientSession(read, write) as session:
            started = await session.initialize()
            await session.list_tools()
            return started.protocolVersion


async def second() -> str:
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    mode = {"mode": "2026-07-28"} if KIND == "2-modern" else {}
    async with httpx2.AsyncClient(headers=HEADERS, timeout=20) as http:
        async with Client(streamable_http_client(URL, http_client=http), **mode) as client:
            await client.list_tools()
            return client.protocol_version


def words(problem: BaseException) -> str:
    if isinstance(problem, BaseExceptionGroup):
        return "; ".join(words(each) for each in problem.exceptions)
    return f"{type(problem).__name__} {problem}"


try:
    print(asyncio.run(asyncio.wait_for(first() if KIND == "1" else second(), 40)))
except Exception as problem:
    print("FAILED " + words(problem))
