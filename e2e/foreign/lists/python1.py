"""Prints the keys of everything that a server lists, as a client on the Python SDK 1 reads it.

Usage: python3 python1.py URL
"""

import asyncio
import json
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from mcp.types import PaginatedRequestParams


async def run(url: str) -> dict:
    lists: dict[str, list[str]] = {}
    async with streamablehttp_client(url) as (read, write, _), ClientSession(read, write) as session:
        await session.initialize()
        for kind, list_page, key in (
            ("tools", session.list_tools, "name"),
            ("prompts", session.list_prompts, "name"),
            ("resources", session.list_resources, "uri"),
            ("resourceTemplates", session.list_resource_templates, "uriTemplate"),
        ):
            lists[kind] = []
            cursor = None
            while True:
                page = await list_page(params=PaginatedRequestParams(cursor=cursor))
                lists[kind] += [str(getattr(item, key)) for item in getattr(page, kind)]
                cursor = page.nextCursor
                if cursor is None:
                    break
    return lists


print(json.dumps(asyncio.run(run(sys.argv[1]))))
