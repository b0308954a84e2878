"""An MCP server on the Python MCP SDK that asks its client something while it runs a tool, and that logs.

Usage: python3 asking.py PORT
"""

import sys

from mcp.server.fastmcp import Context, FastMCP
from mcp.types import SamplingMessage, TextContent
from pydantic import BaseModel

LEVELS: list[str] = []


class Name(BaseModel):
    name: str


def tools(server: FastMCP) -> None:
    @server.tool()
    async def ask_model(context: Context) -> str:
        """What the client's model says."""
        question = SamplingMessage(role="user", content=TextContent(type="text", text="Which colour?"))
        answer = await context.session.create_message(
            messages=[question], max_tokens=10, related_request_id=context.request_id
        )
        return answer.content.text

    @server.tool()
    async def ask_user(context: Context) -> str:
        """What the client's user says."""
        answer = await context.elicit("Who are you?", Name)
        return f"{answer.action} {answer.data.name}"

    @server.tool()
    async def ask_outside(context: Context) -> str:
        """The same as ask_model, on the session's own stream."""
        question = SamplingMessage(role="user", content=TextContent(type="text", text="Which shape?"))
        answer = await context.session.create_message(messages=[question], max_tokens=10)
        return answer.content.text

    @server.tool()
    async def log(context: Context) -> str:
        """Logs a line, and says at which level the client wants lines."""
        await context.warning("the line")
        return LEVELS[-1] if LEVELS else "none"


def main(arguments: list[str]) -> None:
    if len(arguments) != 1 or not arguments[0].isdigit():
        sys.exit("usage: asking.py PORT")
    server = FastMCP("asking", host="127.0.0.1", port=int(arguments[0]), log_level="WARNING")
    # As in server.py: a gateway forwards the name of the route.
    server.settings.transport_security = None
    tools(server)

    @server._mcp_server.set_logging_level()
    async def set_level(level: str) -> None:
        LEVELS.append(level)

    server.run(transport="streamable-http")


if __name__ == "__main__":
    main(sys.argv[1:])
