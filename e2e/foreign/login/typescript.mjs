// Logs in at the gateway as any MCP client does that knows nothing but its URL: the SDK's own discovery and PKCE. Prints one line of
// JSON: the tools listed, what the tool answered, the URL at which the login server was asked, and the token.
//
// Usage: STRANGERS_FOLDER=$(scripts/tools.sh typescript) node typescript.mjs SDK URL CLIENT_ID USER PASSWORD TOOL
// SDK is 1 or 2. The person at the browser is the function `browser`, which fills in the form that the login server shows.
import { createRequire } from 'node:module';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const [version, url, clientId, user, password, tool] = process.argv.slice(2);
const REDIRECT = 'http://127.0.0.1/callback';

const sdk = version === '2'
    ? load('@modelcontextprotocol/client')
    : {
        ...load('@modelcontextprotocol/sdk/client/index.js'),
        ...load('@modelcontextprotocol/sdk/client/streamableHttp.js'),
        ...load('@modelcontextprotocol/sdk/client/auth.js'),
    };

/** Opens a URL, logs in, and returns the URL that it is sent to. */
async function browser(target) {
    const page = await fetch(target);
    const form = (await page.text()).match(/<form[^>]*action="([^"]+)"/);
    if (!form) throw new Error(`no login form: HTTP ${page.status}`);
    const cookie = page.headers.getSetCookie().map((each) => each.split(';')[0]).join('; ');
    const answer = await fetch(form[1].replaceAll('&amp;', '&'), {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie },
        body: new URLSearchParams({ username: user, password }),
    });
    return new URL(answer.headers.get('location'));
}

const kept = {};
const provider = {
    redirectUrl: REDIRECT,
    clientMetadata: { redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' },
    clientInformation: () => ({ client_id: clientId }),
    tokens: () => kept.tokens,
    saveTokens: (tokens) => { kept.tokens = tokens; },
    redirectToAuthorization: (target) => { kept.asked = target; },
    saveCodeVerifier: (verifier) => { kept.verifier = verifier; },
    codeVerifier: () => kept.verifier,
};

const client = () => new sdk.Client({ name: 'login', version: '1' });
const first = new sdk.StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
try {
    await client().connect(first);
    throw new Error('nobody asked for a login');
} catch (e) {
    if (!kept.asked) throw e;
}
const came = (await browser(kept.asked)).searchParams;
await first.finishAuth(version === '2' ? came : came.get('code'));

const connected = client();
await connected.connect(new sdk.StreamableHTTPClientTransport(new URL(url), { authProvider: provider }));
const { tools } = await connected.listTools();
const answer = await connected.callTool({ name: tool, arguments: { name: user } });
console.log(JSON.stringify({
    tools: tools.map((each) => each.name),
    answer: answer.content[0].text,
    asked: kept.asked.href,
    token: kept.tokens.access_token,
}));
process.exit(0);
