"""A client on the Python MCP SDK that can be asked and listens to log messages. Prints one line of JSON: what its calls
gave, and what it heard.

Usage: python3 client.py URL PREFIX
"""

import asyncio
import json
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from mcp.types import CreateMessageResult, ElicitResult, TextContent


async def run(url: str, prefix: str) -> dict:
    heard: list[str] = []

    async def model(context, params):
        heard.append(params.messages[0].content.text)
        return CreateMessageResult(role="assistant", model="none", content=TextContent(type="text", text="blue"))

    async def user(context, params):
        heard.append(params.message)
        return ElicitResult(action="accept", content={"name": "Ann"})

    async def logged(params):
        heard.append(f"{params.level}: {params.data}")

    callbacks = {"sampling_callback": model, "elicitation_callback": user, "logging_callback": logged}
    results = {}
    async with streamablehttp_client(url) as (read, write, _):
        async with ClientSession(read, write, **callbacks) as session:
            await session.initialize()
            await session.set_logging_level("warning")
            for tool in ("log", "ask_model", "ask_user", "ask_outside"):
                answer = await session.call_tool(prefix + tool)
                results[tool] = answer.content[0].text
    return {"results": results, "heard": heard}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: client.py URL PREFIX")
    print(json.dumps(asyncio.run(asyncio.wait_for(run(*sys.argv[1:]), 60))))
