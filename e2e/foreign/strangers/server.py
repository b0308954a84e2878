"""A server on the Python MCP SDK or on FastMCP for the stranger's bench: it says, asks, counts and waits.

Usage: python3 server.py python1|python2|fastmcp PORT     python1: the SDK 1.x; python2: the SDK 2.x
"""

import asyncio
import sys

from pydantic import BaseModel

FLAVOUR = sys.argv[1]
PORT = int(sys.argv[2])
NAMES = ["Ann", "Anton", "Berta"]
INSTRUCTIONS = f"Ask {FLAVOUR} for anything."
NOTE = f"note://{FLAVOUR}/text"
GIVEN_UP: set[str] = set()

if FLAVOUR == "python1":
    from mcp.server.fastmcp import Context, FastMCP
    from mcp.types import Completion, SamplingMessage, TextContent, Tool, ToolResultContent

    server = FastMCP(FLAVOUR, INSTRUCTIONS, host="127.0.0.1", port=PORT, log_level="WARNING")
    # A gateway forwards the name of the route, which the SDK refuses at loopback addresses.
    server.settings.transport_security = None
elif FLAVOUR == "python2":
    import askers2
    from mcp.server.mcpserver import Context, MCPServer
    from mcp.types import Completion

    server = MCPServer(FLAVOUR, instructions=INSTRUCTIONS, log_level="WARNING")
else:
    from fastmcp import Context, FastMCP
    from mcp.types import Completion

    server = FastMCP(FLAVOUR, INSTRUCTIONS)


def blocks(content) -> list:
    return content if isinstance(content, list) else [content]


class Name(BaseModel):
    name: str


@server.tool()
def echo(text: str) -> str:
    """Says it again."""
    return text


@server.tool()
def add(a: int, b: int) -> int:
    """The sum."""
    return a + b


@server.tool()
async def count(steps: int, context: Context) -> str:
    """Counts, and tells how far it is."""
    for step in range(1, steps + 1):
        await context.report_progress(step, steps)
    return f"counted to {steps}"


@server.tool()
async def tell(lines: int, context: Context) -> str:
    """Logs lines."""
    for line in range(1, lines + 1):
        await context.info(f"line {line}")
    return f"told {lines} lines"


@server.tool()
async def wait(key: str, context: Context) -> str:
    """Waits to be given up."""
    try:
        await context.report_progress(1, 2)
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        GIVEN_UP.add(key)
        raise
    return "nobody gave up"


@server.tool()
async def given_up(key: str) -> bool:
    """Whether that wait was given up."""
    for _ in range(100):
        if key in GIVEN_UP:
            return True
        await asyncio.sleep(0.1)
    return False


@server.tool()
async def grow(key: str, context: Context) -> str:
    """Adds a tool."""
    if FLAVOUR != "fastmcp":
        server.add_tool(lambda: key, name=f"grown_{key}", description="Was added.")
    if FLAVOUR == "python2":
        await context.notify_tools_changed()
    if FLAVOUR != "fastmcp" and not modern(context):
        await context.session.send_tool_list_changed()
    return f"added {key}"


@server.tool()
async def touch(context: Context) -> str:
    """Changes the note."""
    if FLAVOUR == "python2":
        await context.notify_resource_updated(NOTE)
    elif FLAVOUR == "python1":
        await context.session.send_resource_updated(NOTE)
    return "touched"


def modern(context: Context) -> bool:
    return FLAVOUR == "python2" and context.protocol_version == "2026-07-28"


if FLAVOUR == "python2":
    askers2.add(server)
else:

    @server.tool()
    async def ask_form(context: Context) -> str:
        """What the client's user fills in."""
        answer = await context.elicit("Who are you?", Name)
        return f"{answer.action} {answer.data.name}"


if FLAVOUR == "python1":

    @server._mcp_server.subscribe_resource()
    async def subscribe(uri) -> None:
        """Only the client that touches the note is told."""

    @server.tool()
    async def ask_url(context: Context) -> str:
        """Whether the client's user opens a page."""
        answer = await context.elicit_url("Log in there.", "https://example.org/login", "login-1")
        return answer.action

    @server.tool()
    async def ask_model(context: Context) -> str:
        """What the client's model says."""
        question = SamplingMessage(role="user", content=TextContent(type="text", text="Which colour?"))
        answer = await context.session.create_message(
            [question], max_tokens=10, related_request_id=context.request_id
        )
        return answer.content.text

    @server.tool()
    async def ask_model_tools(context: Context) -> str:
        """Lets the client's model use a tool, and read what the tool says."""
        schema = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
        question = TextContent(type="text", text="Is it sunny in Rome?")
        messages = [SamplingMessage(role="user", content=question)]
        tools = [Tool(name="weather", inputSchema=schema)]
        options = {"max_tokens": 10, "tools": tools, "related_request_id": context.request_id}
        first = await context.session.create_message(messages, **options)
        [use] = blocks(first.content)
        said = TextContent(type="text", text=f"sunny in {use.input['city']}")
        result = ToolResultContent(type="tool_result", content=[said], toolUseId=use.id)
        messages += [
            SamplingMessage(role="assistant", content=first.content),
            SamplingMessage(role="user", content=[result]),
        ]
        last = await context.session.create_message(messages, **options)
        [answer] = blocks(last.content)
        return f"{first.stopReason} {use.name}: {answer.text}"

    @server.tool()
    async def ask_roots(context: Context) -> str:
        """The client's folders."""
        answer = await context.session.list_roots()
        return ", ".join(str(root.uri) for root in answer.roots)


@server.prompt()
def greet(name: str) -> str:
    """A greeting."""
    return f"Greet {name}"


@server.resource(NOTE, mime_type="text/plain")
def note() -> str:
    """A note."""
    return "a note"


@server.resource(f"item://{FLAVOUR}/{{id}}", mime_type="text/plain")
def item(id: str) -> str:
    """An item."""
    return f"item {id}"


@server.completion()
async def complete(ref, argument, context) -> Completion:
    return Completion(values=[name for name in NAMES if name.startswith(argument.value)])


if FLAVOUR == "python1":
    server.run(transport="streamable-http")
elif FLAVOUR == "python2":
    from mcp.server.transport_security import TransportSecuritySettings

    free = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    server.run(transport="streamable-http", host="127.0.0.1", port=PORT, transport_security=free)
else:
    server.run(
        transport="http",
        host="127.0.0.1",
        port=PORT,
        host_origin_protection=False,
        show_banner=False,
        log_level="warning",
    )
