// A server on the TypeScript MCP SDK with sessions, for the stranger's bench: it asks its client, and waits to be given up.
//
// Usage: node asker.mjs 1|2 PORT     1: the SDK 1.x; 2: the SDK 2.x
import { createRequire } from 'node:module';

import { changed, serve, servers, subscribed } from './sessions.mjs';
import { untilGivenUp, wasGivenUp } from './waits.mjs';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const second = process.argv[2] === '2';
const sdk = second ? { ...load('@modelcontextprotocol/server'), ...load('@modelcontextprotocol/node') } : {
    ...load('@modelcontextprotocol/sdk/server/mcp.js'),
    ...load('@modelcontextprotocol/sdk/server/streamableHttp.js'),
    ...load('@modelcontextprotocol/sdk/types.js'),
};
const Transport = second ? sdk.NodeStreamableHTTPServerTransport : sdk.StreamableHTTPServerTransport;
const z = load('zod');

/** The tools that clients let grow; every session has them. */
const grown = new Set();
const NOTE = `note://typescript${second ? 2 : 1}-session/text`;

const text = (words) => ({ type: 'text', text: words });
const said = (words) => ({ content: [text(words)] });
/** The object of fields as the SDK takes it. */
const fields = (shape) => (second ? z.object(shape) : shape);
const blocks = (content) => (Array.isArray(content) ? content : [content]);

/** What the two SDKs name differently in the context of a call. */
const called = (context) => (second
    ? { id: context.mcpReq.id, signal: context.mcpReq.signal, meta: context.mcpReq._meta, notify: context.mcpReq.notify }
    : { id: context.requestId, signal: context.signal, meta: context._meta, notify: context.sendNotification });

const toolResult = (words) => ({ type: 'tool_result', toolUseId: words.id, content: [text('sunny in ' + words.input.city)] });

/** Lets the client's model use a tool, and read what the tool says. */
async function withTools(server, options) {
    const question = {
        maxTokens: 10,
        tools: [{
            name: 'weather',
            description: 'The weather of a city.',
            inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        }],
        toolChoice: { mode: 'auto' },
    };
    const messages = [{ role: 'user', content: text('Is it sunny in Rome?') }];
    const first = await server.createMessage({ ...question, messages }, options);
    const uses = blocks(first.content).filter((block) => block.type === 'tool_use');
    messages.push({ role: 'assistant', content: first.content }, { role: 'user', content: uses.map(toolResult) });
    const last = await server.createMessage({ ...question, messages }, options);
    return `${first.stopReason} ${uses[0].name}: ${blocks(last.content)[0].text}`;
}

function newServer() {
    const server = new sdk.McpServer({ name: 'asker', version: '1.0.0' }, {
        capabilities: { logging: {}, resources: { subscribe: true } },
    });
    const tool = (name, shape, run) => server.registerTool(name, {
        description: name + ' of the asker',
        inputSchema: fields(shape),
    }, async (args, context) => said(await run(args, called(context))));
    /** Questions go into the answer of the call that causes them. */
    const ask = ({ id }) => ({ relatedRequestId: id });

    tool('ask_form', {}, async (_, call) => {
        const requestedSchema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
        const answer = await server.server.elicitInput({ message: 'Who are you?', requestedSchema }, ask(call));
        return `${answer.action} ${answer.content.name}`;
    });
    tool('ask_url', {}, async (_, call) => {
        const page = { mode: 'url', message: 'Log in there.', url: 'https://example.org/login', elicitationId: 'login-1' };
        return (await server.server.elicitInput(page, ask(call))).action;
    });
    tool('ask_model', {}, async (_, call) => {
        const messages = [{ role: 'user', content: text('Which colour?') }];
        return (await server.server.createMessage({ messages, maxTokens: 10 }, ask(call))).content.text;
    });
    tool('ask_model_tools', {}, (_, call) => withTools(server.server, ask(call)));
    tool('ask_roots', {}, async (_, call) =>
        (await server.server.listRoots(undefined, ask(call))).roots.map((root) => root.uri).join(', '));
    tool('wait', { key: z.string() }, async ({ key }, call) => {
        const params = { progressToken: call.meta?.progressToken, progress: 1, total: 2 };
        await call.notify({ method: 'notifications/progress', params });
        return untilGivenUp(key, call.signal);
    });
    tool('given_up', { key: z.string() }, ({ key }) => wasGivenUp(key));
    tool('grow', { key: z.string() }, async ({ key }) => {
        grown.add(key);
        servers.forEach((each) => addGrown(each, key));
        return 'added ' + key;
    });
    tool('touch', {}, async () => {
        await changed(NOTE);
        return 'touched';
    });
    grown.forEach((key) => addGrown(server, key));
    server.registerResource('note', NOTE, { mimeType: 'text/plain' }, async (uri) =>
        ({ contents: [{ uri: uri.href, mimeType: 'text/plain', text: 'a note' }] }));
    server.server.setRequestHandler(second ? 'resources/subscribe' : sdk.SubscribeRequestSchema, async () => {
        subscribed.add(server);
        return {};
    });
    return server;
}

/** Adds the tool, of which the SDK tells the session's client. */
function addGrown(server, key) {
    server.registerTool('grown_' + key, { description: 'Was added.', inputSchema: fields({}) }, async () => said(key));
}

serve(newServer, Transport, Number(process.argv[3]));
