// A server of MCP 2025-03-26 for the stranger's bench, on the TypeScript MCP SDK 1.20: it agrees on no later revision, whatever
// the client asks for.
//
// Usage: node old.mjs PORT
import { createRequire } from 'node:module';

import { changed, serve, servers, subscribed } from './sessions.mjs';
import { untilGivenUp, wasGivenUp } from './waits.mjs';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const { McpServer, ResourceTemplate } = load('sdk-1.20/server/mcp.js');
const { completable } = load('sdk-1.20/server/completable.js');
const { StreamableHTTPServerTransport } = load('sdk-1.20/server/streamableHttp.js');
const types = load('sdk-1.20/types.js');
const { z } = createRequire(load.resolve('sdk-1.20/server/mcp.js'))('zod');

const REVISION = '2025-03-26';
const OWN = 'typescript1-old';
const NAMES = ['Ann', 'Anton', 'Berta'];
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
        return untilGivenUp(key, extra.signal);
    });
    tool('given_up', { key: z.string() }, ({ key }) => wasGivenUp(key));
    tool('grow', { key: z.string() }, async ({ key }) => {
        grown.add(key);
        servers.forEach((each) => addGrown(each, key));
        return 'added ' + key;
    });
    tool('touch', {}, async () => {
        await changed(`note://${OWN}/text`);
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

serve(newServer, StreamableHTTPServerTransport, Number(process.argv[2]));
