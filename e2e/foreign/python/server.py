"""A small MCP server on the Python MCP SDK (FastMCP, streamable HTTP): a peer that shares no code with the gateway.

Usage: python3 server.py PORT [HOST]
"""

import asyncio
import math
import sys
from datetime import datetime, timezone

from mcp.server.fastmcp import Context, FastMCP


def tools(server: FastMCP) -> None:
    @server.tool()
    def time() -> str:
        """The current time, UTC."""
        return datetime.now(timezone.utc).isoformat(timespec="seconds")

    @server.tool()
    def add(a: int, b: int) -> int:
        """The sum of two integers."""
        return a + b

    @server.tool()
    def dozen() -> int:
        """How many make a dozen."""
        return 12

    @server.tool()
    def pi() -> float:
        """Half a turn in radians."""
        return math.pi

    @server.tool()
    def get_weather(city: str) -> dict[str, str]:
        """The weather of a city; it is always the same."""
        return {"city": city, "sky": "clear", "temperature": "21 C"}

    @server.tool()
    async def slow(seconds: int, context: Context) -> str:
        """Waits, telling its progress once a second."""
        for second in range(seconds):
            await context.report_progress(second, seconds)
            await asyncio.sleep(1)
        return f"waited {seconds} s"


def main(arguments: list[str]) -> None:
    if not 1 <= len(arguments) <= 2 or not arguments[0].isdigit():
        sys.exit("usage: server.py PORT [HOST]")
    host = arguments[1] if len(arguments) == 2 else "127.0.0.1"
    server = FastMCP("python-sample", host=host, port=int(arguments[0]), log_level="WARNING")
    # The SDK turns its check of the Host header on for loopback addresses; a gateway forwards the name of the route.
    server.settings.transport_security = None
    tools(server)
    server.run(transport="streamable-http")


if __name__ == "__main__":
    main(sys.argv[1:])
