"""The tools of server.py that ask the client, on the Python MCP SDK 2.x, for clients of every revision."""

from typing import Annotated

from mcp.server.elicitation import ElicitationResult
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.resolve import Elicit, ListRoots, Resolve, Sample
from mcp.types import (
    CreateMessageResult,
    CreateMessageResultWithTools,
    ElicitRequest,
    ElicitRequestURLParams,
    InputRequiredResult,
    ListRootsResult,
    SamplingMessage,
    TextContent,
    Tool,
    ToolResultContent,
)
from pydantic import BaseModel

SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
OPTIONS = {"max_tokens": 10, "tools": [Tool(name="weather", input_schema=SCHEMA)]}


class Name(BaseModel):
    name: str


def blocks(content) -> list:
    return content if isinstance(content, list) else [content]


def text(words: str) -> TextContent:
    return TextContent(type="text", text=words)


def who() -> Elicit[Name]:
    return Elicit("Who are you?", Name)


def colour() -> Sample:
    return Sample([SamplingMessage(role="user", content=text("Which colour?"))], max_tokens=10)


def folders() -> ListRoots:
    return ListRoots()


SUNNY = SamplingMessage(role="user", content=text("Is it sunny in Rome?"))


def sunny() -> Sample:
    return Sample([SUNNY], **OPTIONS)


def with_result(first: Annotated[CreateMessageResultWithTools, Resolve(sunny)]) -> Sample:
    [use] = blocks(first.content)
    result = ToolResultContent(type="tool_result", content=[text(f"sunny in {use.input['city']}")], tool_use_id=use.id)
    messages = [
        SUNNY,
        SamplingMessage(role="assistant", content=first.content),
        SamplingMessage(role="user", content=[result]),
    ]
    return Sample(messages, **OPTIONS)


def add(server: MCPServer) -> None:
    @server.tool()
    async def ask_form(answer: Annotated[ElicitationResult[Name], Resolve(who)]) -> str:
        """What the client's user fills in."""
        return f"{answer.action} {answer.data.name}"

    @server.tool(structured_output=False)
    async def ask_url(context: Context) -> str | InputRequiredResult:
        """Whether the client's user opens a page."""
        if context.protocol_version != "2026-07-28":
            return (await context.elicit_url("Log in there.", "https://example.org/login", "login-1")).action
        page = (context.input_responses or {}).get("page")
        if page is not None:
            return page.action
        params = ElicitRequestURLParams(message="Log in there.", url="https://example.org/login")
        return InputRequiredResult(input_requests={"page": ElicitRequest(params=params)})

    @server.tool()
    async def ask_model(answer: Annotated[CreateMessageResult, Resolve(colour)]) -> str:
        """What the client's model says."""
        return answer.content.text

    @server.tool()
    async def ask_model_tools(
        first: Annotated[CreateMessageResultWithTools, Resolve(sunny)],
        last: Annotated[CreateMessageResultWithTools, Resolve(with_result)],
    ) -> str:
        """Lets the client's model use a tool, and read what the tool says."""
        [use] = blocks(first.content)
        [answer] = blocks(last.content)
        return f"{first.stop_reason} {use.name}: {answer.text}"

    @server.tool()
    async def ask_roots(answer: Annotated[ListRootsResult, Resolve(folders)]) -> str:
        """The client's folders."""
        return ", ".join(str(root.uri) for root in answer.roots)
