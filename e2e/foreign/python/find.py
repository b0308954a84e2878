"""A client on the Python MCP SDK that uses a tool which is not listed. Prints one line of JSON: what it listed, what it found,
and what the tool said.

Usage: python3 find.py URL WORDS ARGUMENTS
"""

import asyncio
import json
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client


async def run(url: str, words: str, arguments: dict) -> dict:
    async with streamablehttp_client(url) as (read, write, _):
        async with ClientSession(read, write) as session:
            version = (await session.initialize()).protocolVersion
            listed = [tool.name for tool in (await session.list_tools()).tools]
            found = await session.call_tool("find_tools", {"query": words, "limit": 3})
            best = found.structuredContent["tools"][0]["name"]
            answer = await session.call_tool(best, arguments)
    return {
        "version": version,
        "listed": listed,
        "same": json.loads(found.content[0].text) == found.structuredContent,
        "best": best,
        "answer": answer.content[0].text,
    }


print(json.dumps(asyncio.run(run(sys.argv[1], sys.argv[2], json.loads(sys.argv[3])))))
