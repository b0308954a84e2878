"""A client on the Python MCP SDK for the stranger's bench. What it is to do and what it prints is said in README.md.

Usage: python3 client.py 1|2|2-modern JOBS
  1         the SDK 1.x
  2         the SDK 2.x, which asks for 2026-07-28 first
  2-modern  the SDK 2.x, which speaks 2026-07-28 only
"""

import asyncio
import json
import sys
from contextlib import asynccontextmanager

from mcp import types

GENERATION, _, MODE = sys.argv[1].partition("-")
SECOND = GENERATION == "2"
MODERN = "2026-07-28"
LOG_LEVEL = "io.modelcontextprotocol/logLevel"
CHOICES = {"boolean": True, "integer": 7, "number": 7}
FORMATS = {
    "email": "ann@example.org",
    "uri": "https://example.org/",
    "date": "2026-01-01",
    "date-time": "2026-01-01T00:00:00Z",
}


def answer(field: dict):
    if "default" in field:
        return field["default"]
    if "enum" in field:
        return field["enum"][0]
    choices = field.get("oneOf") or field.get("anyOf")
    if choices:
        return choices[0]["const"]
    if field["type"] == "array":
        return [answer(field["items"])]
    return CHOICES.get(field["type"], FORMATS.get(field.get("format"), "Ann"))


def blocks(content) -> list:
    return content if isinstance(content, list) else [content]


def with_tools(content: list, reason: str):
    stop = {"stop_reason" if SECOND else "stopReason": reason}
    return types.CreateMessageResultWithTools(role="assistant", model="none", content=content, **stop)


class Ears:
    """What the client hears and is asked, and what it answers."""

    def __init__(self) -> None:
        self.heard: dict[str, list] = {}

    def add(self, kind: str, value) -> None:
        self.heard.setdefault(kind, []).append(value)

    async def all(self, hears: dict[str, int]) -> dict:
        """What was heard, once that many of a kind are there: notifications may be handled after the answer."""
        for _ in range(500):
            if all(len(self.heard.get(kind, [])) >= times for kind, times in hears.items()):
                break
            await asyncio.sleep(0.01)
        return self.heard

    async def model(self, context, params):
        asked = blocks(params.messages[-1].content)[0]
        if asked.type == "tool_result":
            self.add("sampling", f"result {asked.content[0].text}")
            return with_tools([types.TextContent(type="text", text=f"it is {asked.content[0].text}")], "endTurn")
        if params.tools:
            self.add("sampling", f"{asked.text} {','.join(tool.name for tool in params.tools)}")
            use = types.ToolUseContent(type="tool_use", id="use-1", name=params.tools[0].name, input={"city": "Rome"})
            return with_tools([use], "toolUse")
        self.add("sampling", asked.text)
        text = types.TextContent(type="text", text="blue")
        return types.CreateMessageResult(role="assistant", model="none", content=text)

    async def user(self, context, params):
        if params.mode == "url":
            self.add("url", params.message)
            return types.ElicitResult(action="accept")
        self.add("form", params.message)
        schema = params.requested_schema if SECOND else params.requestedSchema
        content = {name: answer(field) for name, field in schema.get("properties", {}).items()}
        return types.ElicitResult(action="accept", content=content)

    async def folders(self, context):
        return types.ListRootsResult(roots=[types.Root(uri="file:///stranger", name="stranger")])

    async def logged(self, params):
        self.add("log", {"level": params.level, "data": params.data})

    async def progressed(self, progress, total, message):
        self.add("progress", progress)

    async def told(self, message) -> None:
        """What a server says outside of calls to a client of 2025-11-25 or earlier."""
        notice = message if SECOND else getattr(message, "root", None)
        if isinstance(notice, types.ResourceUpdatedNotification):
            self.add("updated", str(notice.params.uri))
        if isinstance(notice, types.ToolListChangedNotification):
            self.add("changed", True)

    def callbacks(self) -> dict:
        return {
            "sampling_callback": self.model,
            "sampling_capabilities": types.SamplingCapability(tools=types.SamplingToolsCapability()),
            "elicitation_callback": self.user,
            "list_roots_callback": self.folders,
            "logging_callback": self.logged,
            "message_handler": self.told,
        }


@asynccontextmanager
async def connected(url: str, ears: Ears):
    """A session, and the members of it that the two SDKs name differently."""
    if SECOND:
        from mcp import Client

        # By default it asks for the newest revision first.
        mode = {"mode": MODERN} if MODE == "modern" else {}
        async with Client(url, **mode, **ears.callbacks()) as client:
            yield client, {"version": client.protocol_version, "capabilities": plain(client.server_capabilities)}
    else:
        from mcp import ClientSession
        from mcp.client.streamable_http import streamablehttp_client

        async with streamablehttp_client(url) as (read, write, _):
            async with ClientSession(read, write, **ears.callbacks()) as session:
                started = await session.initialize()
                yield session, {"version": started.protocolVersion, "capabilities": plain(started.capabilities)}


def plain(model):
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


async def pages(method, key: str) -> list:
    everything: list = []
    cursor = None
    while True:
        if SECOND:
            page = await method(cursor=cursor, cache_mode="refresh")
        else:
            page = await method(params=types.PaginatedRequestParams(cursor=cursor))
        everything += plain(page)[key]
        cursor = page.next_cursor if SECOND else page.nextCursor
        if not cursor:
            return everything


async def cancel(session, ears: Ears, step: dict):
    arguments = step.get("arguments") or {}
    calling = asyncio.create_task(session.call_tool(step["name"], arguments, progress_callback=ears.progressed))
    while not ears.heard.get("progress") and not calling.done():
        await asyncio.sleep(0.01)
    if calling.done():
        raise RuntimeError(f"the call ended before it was given up: {calling.exception() or calling.result()}")
    if not SECOND:
        # The SDK 1.x ends only its own waiting; the message is the program's to send.
        sent = session._request_id - 1
        params = types.CancelledNotificationParams(requestId=sent, reason="no longer wanted")
        notice = types.CancelledNotification(method="notifications/cancelled", params=params)
        await session.send_notification(types.ClientNotification(notice))
    calling.cancel()
    await asyncio.gather(calling, return_exceptions=True)
    return {"answer": plain(await session.call_tool(step["then"], arguments))}


@asynccontextmanager
async def watching(session, modern: bool, ears: Ears, uri: str | None):
    """The server's notices about a resource, or about its tools."""
    if not modern:
        if uri:
            await session.subscribe_resource(uri)
        yield
        return

    async def listen(events) -> None:
        async for event in events:
            ears.add("updated" if uri else "changed", getattr(event, "uri", True))

    wanted = {"resource_subscriptions": [uri]} if uri else {"tools_list_changed": True}
    async with session.listen(**wanted) as events:
        listening = asyncio.create_task(listen(events))
        try:
            yield
        finally:
            listening.cancel()


async def changed(session, ears: Ears, step: dict) -> dict:
    """Lists the tools after each notice until the new one is there."""
    await session.call_tool(step["name"], step["arguments"])
    added = step["name"].removesuffix("grow") + "grown_" + step["arguments"]["key"]
    seen = 0
    while True:
        told = len((await ears.all({"changed": seen + 1})).get("changed", []))
        listed = added in [tool["name"] for tool in await pages(session.list_tools, "tools")]
        if listed or told == seen:
            return {"told": told > 0, "listed": listed}
        seen = told


async def run(session, started: dict, ears: Ears, step: dict):
    arguments = step.get("arguments")
    modern = started["version"] == MODERN
    match step["do"]:
        case "initialize":
            return started
        case "tools":
            return await pages(session.list_tools, "tools")
        case "prompts":
            return await pages(session.list_prompts, "prompts")
        case "resources":
            return await pages(session.list_resources, "resources")
        case "templates":
            return await pages(session.list_resource_templates, "resourceTemplates")
        case "prompt":
            return plain(await session.get_prompt(step["name"], arguments))
        case "read":
            return plain(await session.read_resource(step["uri"]))
        case "complete":
            kind = types.PromptReference if step["ref"]["type"] == "ref/prompt" else types.ResourceTemplateReference
            return plain((await session.complete(kind(**step["ref"]), step["argument"])).completion)
        case "call":
            options = {"progress_callback": ears.progressed} if step.get("progress") else {}
            if step.get("level") and modern:
                options["meta"] = {LOG_LEVEL: step["level"]}
            elif step.get("level"):
                await session.set_logging_level(step["level"])
            result = await session.call_tool(step["name"], arguments or {}, **options)
            return {"answer": plain(result), "heard": await ears.all(step.get("hears", {}))}
        case "cancel":
            return await cancel(session, ears, step)
        case "subscribe":
            async with watching(session, modern, ears, step["uri"]):
                await session.call_tool(step["then"], arguments or {})
                return {"updated": (await ears.all({"updated": 1})).get("updated", [None])[0]}
        case "changed":
            async with watching(session, modern, ears, None):
                return await changed(session, ears, step)
    raise ValueError(f"unknown step {step['do']}")


def tell(job: dict, step: dict, **outcome) -> None:
    print(json.dumps({"server": job["server"], "scenario": step["scenario"], **outcome}), flush=True)


def words(problem: BaseException) -> str:
    while isinstance(problem, BaseExceptionGroup):
        problem = problem.exceptions[0]
    return f"{type(problem).__name__}: {problem}"


async def main(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        plan = json.load(file)
    limit = plan["limitMillis"] / 1000
    for job in plan["jobs"]:
        told: set[str] = set()
        ears = Ears()
        try:
            async with connected(job["url"], ears) as (session, started):
                for step in job["steps"]:
                    ears.heard = {}
                    if step["do"] == "initialize" and MODE == "modern":
                        tell(job, step, notOffered="told which revision to speak, it asks for no capabilities")
                        told.add(step["scenario"])
                        continue
                    try:
                        result = await asyncio.wait_for(run(session, started, ears, step), limit)
                        tell(job, step, result=result)
                    except Exception as problem:
                        tell(job, step, error=words(problem))
                    told.add(step["scenario"])
        except BaseException as problem:
            for step in job["steps"]:
                if step["scenario"] not in told:
                    tell(job, step, error=words(problem))


asyncio.run(main(sys.argv[2]))
