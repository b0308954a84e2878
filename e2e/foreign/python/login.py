"""Logs in at the gateway as any MCP client does that knows nothing but its URL: the SDK's own discovery and PKCE.

usage: login.py URL CLIENT_ID USER PASSWORD TOOL

Prints one line of JSON: the tools listed, the text that the tool answered, the URL at which the login server was asked, and the token. The person at the browser is the function
`browser`, which fills in the form that the login server shows.
"""

import asyncio
import html
import json
import re
import sys
from urllib.parse import parse_qs, urlsplit

import httpx
from mcp import ClientSession
from mcp.client.auth import OAuthClientProvider, TokenStorage
from mcp.client.streamable_http import streamablehttp_client
from mcp.shared.auth import OAuthClientInformationFull, OAuthClientMetadata, OAuthToken

REDIRECT = "http://127.0.0.1/callback"


class Known(TokenStorage):
    """A client that the login server knows; its token is kept as long as the program runs."""

    def __init__(self, client_id: str) -> None:
        self.client = OAuthClientInformationFull(
            client_id=client_id, redirect_uris=[REDIRECT], token_endpoint_auth_method="none"
        )
        self.token: OAuthToken | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.token

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.token = tokens

    async def get_client_info(self) -> OAuthClientInformationFull:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        raise AssertionError("the client is registered already")


async def browser(url: str, user: str, password: str) -> str:
    """Opens a URL, logs in, and returns the URL that it is sent to."""
    async with httpx.AsyncClient(timeout=60) as client:
        page = await client.get(url)
        form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
        if form is None:
            raise AssertionError(f"no login form: HTTP {page.status_code} {page.headers} {page.text[:500]}")
        # Browsers trust 127.0.0.1 as they trust TLS; Python's cookie jar would keep cookies that are marked Secure.
        cookies = {each.name: each.value for each in client.cookies.jar}
        answer = await client.post(
            html.unescape(form[1]),
            data={"username": user, "password": password},
            headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        )
        return answer.headers.get("location", f"no redirect: HTTP {answer.status_code} {answer.text[:500]}")


async def main(url: str, client_id: str, user: str, password: str, tool: str) -> None:
    visited: list[str] = []

    async def redirect(target: str) -> None:
        visited.append(target)

    async def callback() -> tuple[str, str | None]:
        came = parse_qs(urlsplit(await browser(visited[-1], user, password)).query)
        return came["code"][0], came["state"][0]

    known = Known(client_id)
    auth = OAuthClientProvider(
        server_url=url,
        client_metadata=OAuthClientMetadata(redirect_uris=[REDIRECT], token_endpoint_auth_method="none"),
        storage=known,
        redirect_handler=redirect,
        callback_handler=callback,
    )
    async with streamablehttp_client(url, auth=auth) as (read, write, _):
        async with ClientSession(read, write) as session:
            await session.initialize()
            listed = await session.list_tools()
            answer = await session.call_tool(tool, {"name": user})
            print(
                json.dumps(
                    {
                        "tools": [listed_tool.name for listed_tool in listed.tools],
                        "answer": answer.content[0].text,
                        "asked": visited[0],
                        "token": known.token.access_token if known.token else "",
                    }
                )
            )


asyncio.run(main(*sys.argv[1:]))
