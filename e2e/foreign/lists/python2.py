"""Prints the keys of everything that a server lists, as a client on the Python SDK 2 reads it.

Usage: python3 python2.py URL
"""

import asyncio
import json
import sys

from mcp import Client


async def run(url: str) -> dict:
    lists: dict[str, list[str]] = {}
    async with Client(url, mode="legacy") as client:
        for kind, list_page, field, key in (
            ("tools", client.list_tools, "tools", "name"),
            ("prompts", client.list_prompts, "prompts", "name"),
            ("resources", client.list_resources, "resources", "uri"),
            ("resourceTemplates", client.list_resource_templates, "resource_templates", "uri_template"),
        ):
            lists[kind] = []
            cursor = None
            while True:
                page = await list_page(cursor=cursor)
                lists[kind] += [getattr(item, key) for item in getattr(page, field)]
                cursor = page.next_cursor
                if cursor is None:
                    break
    return lists


print(json.dumps(asyncio.run(run(sys.argv[1]))))
