// A server of MCP 2025-03-26 for the stranger's bench, on the TypeScript MCP SDK 1.20: it agrees on no later revision, whatever
// the client asks for.
//
// Usage: node old.mjs PORT
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const { McpServer, ResourceTemplate } = load('sdk-1.20/server/mcp.js');
const { completable } = load('sdk-1.20/server/completable.js');
const { StreamableHTTPServerTransport } = load('sdk-1.20/server/streamableHttp.js');
const types = load('sdk-1.20/types.js');
const { z } = createRequire(load.resolve('sdk-1.20/server/mcp.js'))('zod');

const REVISION = '2025-03-26';
const OWN = 'typescript1-old';
const SESSIONS_AT_MOST = 200;
const WAIT_MILLIS = 30_000;
const NAMES = ['Ann', 'Anton', 'Berta'];
const givenUp = new Set();
const grown = new Set();

const said = (words) => ({ content: [{ type: 'text', text: words }] });

function newServer() {
    const server = new McpServer({ name: 'old', version: '1.0.0' }, {
        capabilities: { logging: {}, resources: { subscribe: true } },
    });
    const tool = (name, shape, run) => server.registerTool(name, { description: name + ' of the old one', inputSchema: shape },
        async (args, extra) => said(await run(args, extra)));
    const progress = async ({ _meta, sendNotification }, step, total) => {
        if (_meta?.progressToken !== undefined) {
            const params = { progressToken: _meta.progressToken, progress: step, total };
            await sendNotification({ method: 'notifications/progress', params });
        }
    };
    tool('echo', { text: z.string() }, async (args) => args.text);
    tool('count', { steps: z.number() }, async ({ steps }, extra) => {
        for (let step = 1; step <= steps; step++) {
            await progress(extra, step, steps);
        }
        return 'counted to ' + steps;
    });
    tool('tell', { lines: z.number() }, async ({ lines }, extra) => {
        for (let line = 1; line <= lines; line++) {
            await extra.sendNotification({ method: 'notifications/message', params: { level: 'info', data: 'line ' + line } });
        }
        return 'told ' + lines + ' lines';
    });
    tool('ask_model', {}, async (_, { sendRequest }) => {
        const messages = [{ role: 'user', content: { type: 'text', text: 'Which colour?' } }];
        const question = { method: 'sampling/createMessage', params: { messages, maxTokens: 10 } };
        return (await sendRequest(question, types.CreateMessageResultSchema)).content.text;
    });
    tool('ask_roots', {}, async (_, { sendRequest }) => {
        const { roots } = await sendRequest({ method: 'roots/list' }, types.ListRootsResultSchema);
        return roots.map((root) => root.uri).join(', ');
    });
    tool('wait', { key: z.string() }, async ({ key }, extra) => {
        await progress(extra, 1, 2);
        return new Promise((resolve) => {
            const end = setTimeout(() => resolve('nobody gave up'), WAIT_MILLIS);
            extra.signal.addEventListener('abort', () => {
                clearTimeout(end);
                givenUp.add(key);
                resolve('given up');
            });
        });
    });
    tool('given_up', { key: z.string() }, async ({ key }) => {
        for (let tries = 0; tries < 100 && !givenUp.has(key); tries++) {
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        return String(givenUp.has(key));
    });
    tool('grow', { key: z.string() }, async ({ key }) => {
        grown.add(key);
        servers.forEach((each) => addGrown(each, key));
        return 'added ' + key;
    });
    tool('touch', {}, async () => {
        const notice = { uri: `note://${OWN}/text` };
        await Promise.allSettled([...subscribed].map((each) => each.server.sendResourceUpdated(notice)));
        return 'touched';
    });
    grown.forEach((key) => addGrown(server, key));
    server.registerPrompt('greet', {
        description: 'A greeting.',
        argsSchema: { name: completable(z.string(), (start) => NAMES.filter((name) => name.startsWith(start))) },
    }, ({ name }) => ({ messages: [{ role: 'user', content: { type: 'text', text: 'Greet ' + name } }] }));
    const plain = { mimeType: 'text/plain' };
    server.registerResource('note', `note://${OWN}/text`, plain, async (uri) =>
        ({ contents: [{ uri: uri.href, ...plain, text: 'a note' }] }));
    server.registerResource('item', new ResourceTemplate(`item://${OWN}/{id}`, { list: undefined }), plain, async (uri, { id }) =>
        ({ contents: [{ uri: uri.href, ...plain, text: 'item ' + id }] }));
    server.server.setRequestHandler(types.SubscribeRequestSchema, async () => {
        subscribed.add(server);
        return {};
    });
    const agree = server.server._requestHandlers.get('initialize');
    server.server.setRequestHandler(types.InitializeRequestSchema, async (request, extra) =>
        ({ ...await agree(request, extra), protocolVersion: REVISION }));
    return server;
}

/** Adds the tool, of which the SDK tells the session's client. */
function addGrown(server, key) {
    server.registerTool('grown_' + key, { description: 'Was added.', inputSchema: {} }, async () => said(key));
}

const sessions = new Map();
const servers = new Set();
/** Those whose client wants to know when the note changes. */
const subscribed = new Set();

async function newSession() {
    const server = newServer();
    const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => {
            sessions.set(id, transport);
            if (sessions.size > SESSIONS_AT_MOST) {
                sessions.values().next().value.close();
            }
        },
    });
    transport.onclose = () => {
        sessions.delete(transport.sessionId);
        servers.delete(server);
        subscribed.delete(server);
    };
    await server.connect(transport);
    servers.add(server);
    return transport;
}

createServer(async (request, response) => {
    const id = request.headers['mcp-session-id'];
    if (new URL(request.url, 'http://localhost').pathname !== '/mcp' || (id !== undefined && !sessions.has(id))) {
        response.writeHead(404).end();
        return;
    }
    await (sessions.get(id) ?? (await newSession())).handleRequest(request, response);
}).listen(Number(process.argv[2]), '127.0.0.1');
