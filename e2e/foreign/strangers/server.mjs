// A server on the TypeScript MCP SDK 2.x for the stranger's bench, by createMcpHandler: it keeps no sessions.
//
// Usage: node server.mjs dual|modern PORT
//   dual    it serves 2026-07-28 and earlier revisions; without a session it can ask only clients of 2026-07-28
//   modern  it refuses earlier revisions
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

import { untilGivenUp, wasGivenUp } from './waits.mjs';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const { McpServer, ResourceTemplate, acceptedContent, completable, createMcpHandler, createRequestStateCodec, inputRequired } =
    load('@modelcontextprotocol/server');
const { toNodeHandler } = load('@modelcontextprotocol/node');
const z = load('zod');

const legacy = process.argv[2] === 'modern' ? 'reject' : 'stateless';
const own = legacy === 'reject' ? 'typescript2-only' : 'typescript2';
const grown = new Set();
const states = createRequestStateCodec({ key: randomUUID() + randomUUID() });

const block = (words) => ({ type: 'text', text: words });
const text = (words) => ({ content: [block(words)] });
const NAMES = ['Ann', 'Anton', 'Berta'];

function addSpeakers(server) {
    server.registerTool('echo', {
        title: 'Echo',
        description: 'Says it again.',
        inputSchema: z.object({ text: z.string() }),
        annotations: { readOnlyHint: true },
    }, async (args) => text(args.text));
    server.registerTool('add', {
        description: 'The sum.',
        inputSchema: z.object({ a: z.number(), b: z.number() }),
        outputSchema: z.object({ result: z.number() }),
    }, async ({ a, b }) => ({ ...text(String(a + b)), structuredContent: { result: a + b } }));
    server.registerTool('count', {
        description: 'Counts, and tells how far it is.',
        inputSchema: z.object({ steps: z.number() }),
    }, async ({ steps }, context) => {
        for (let step = 1; step <= steps; step++) {
            await progress(context, step, steps);
        }
        return text('counted to ' + steps);
    });
    server.registerTool('tell', {
        description: 'Logs lines.',
        inputSchema: z.object({ lines: z.number() }),
    }, async ({ lines }, context) => {
        for (let line = 1; line <= lines; line++) {
            await context.mcpReq.log('info', 'line ' + line);
        }
        return text('told ' + lines + ' lines');
    });
}

async function progress(context, step, total) {
    const progressToken = context.mcpReq._meta?.progressToken;
    if (progressToken !== undefined) {
        await context.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress: step, total } });
    }
}

/** Lets the client's model use a tool, and read what the tool says. */
async function withTools(answers, context) {
    const question = {
        maxTokens: 10,
        tools: [{
            name: 'weather',
            description: 'The weather of a city.',
            inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        }],
        toolChoice: { mode: 'auto' },
        messages: [{ role: 'user', content: block('Is it sunny in Rome?') }],
    };
    const { first, uses } = context.mcpReq.requestState() ?? {};
    if (uses !== undefined) {
        return text(`${first.stopReason} ${uses[0].name}: ${[answers.model.content].flat()[0].text}`);
    }
    if (answers.model === undefined) {
        return inputRequired({ inputRequests: { model: inputRequired.createMessage(question) } });
    }
    const used = [answers.model.content].flat().filter((content) => content.type === 'tool_use');
    question.messages.push(
        { role: 'assistant', content: answers.model.content },
        { role: 'user', content: used.map((use) =>
            ({ type: 'tool_result', toolUseId: use.id, content: [block('sunny in ' + use.input.city)] })) },
    );
    return inputRequired({
        inputRequests: { model: inputRequired.createMessage(question) },
        requestState: await states.mint({ first: answers.model, uses: used }, context),
    });
}

function addAskers(server) {
    const asker = (name, question, answer) => server.registerTool(name, {
        description: name + ' of the asker',
        inputSchema: z.object({}),
    }, async (_, context) => {
        const given = context.mcpReq.inputResponses?.answer;
        return given === undefined ? inputRequired({ inputRequests: { answer: question() } }) : text(answer(given, context));
    });
    const requestedSchema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
    asker('ask_form', () => inputRequired.elicit({ message: 'Who are you?', requestedSchema }),
        ({ action }, context) => `${action} ${acceptedContent(context.mcpReq.inputResponses, 'answer')?.name}`);
    asker('ask_url', () => inputRequired.elicitUrl({ message: 'Log in there.', url: 'https://example.org/login' }), ({ action }) => action);
    const messages = [{ role: 'user', content: block('Which colour?') }];
    asker('ask_model', () => inputRequired.createMessage({ messages, maxTokens: 10 }), ({ content }) => content.text);
    asker('ask_roots', () => inputRequired.listRoots(), ({ roots }) => roots.map((root) => root.uri).join(', '));
    server.registerTool('ask_model_tools', { description: 'ask_model_tools of the asker', inputSchema: z.object({}) },
        async (_, context) => withTools(context.mcpReq.inputResponses ?? {}, context));
}

function addWaiters(server) {
    const keyed = z.object({ key: z.string() });
    server.registerTool('wait', { description: 'Waits to be given up.', inputSchema: keyed }, async ({ key }, context) => {
        await progress(context, 1, 2);
        return text(await untilGivenUp(key, context.mcpReq.signal));
    });
    server.registerTool('given_up', { description: 'Whether that wait was given up.', inputSchema: keyed },
        async ({ key }) => text(await wasGivenUp(key)));
    server.registerTool('grow', { description: 'Adds a tool.', inputSchema: keyed }, async ({ key }) => {
        grown.add(key);
        handler.notify.toolsChanged();
        return text('added ' + key);
    });
    server.registerTool('touch', { description: 'Changes the note.', inputSchema: z.object({}) }, async () => {
        handler.notify.resourceUpdated(`note://${own}/text`);
        return text('touched');
    });
    for (const key of grown) {
        server.registerTool('grown_' + key, { description: 'Was added.', inputSchema: z.object({}) }, async () => text(key));
    }
}

function newServer() {
    const server = new McpServer({ name: 'strange-typescript', version: '1.0.0' }, {
        capabilities: { logging: {}, resources: { subscribe: true } },
        instructions: 'Ask typescript for anything.',
        requestState: { verify: states.verify },
    });
    addSpeakers(server);
    addAskers(server);
    addWaiters(server);
    server.registerPrompt('greet', {
        description: 'A greeting.',
        argsSchema: z.object({
            name: completable(z.string(), (start) => NAMES.filter((name) => name.startsWith(start))),
        }),
    }, ({ name }) => ({ messages: [{ role: 'user', content: block('Greet ' + name) }] }));
    server.registerResource('note', `note://${own}/text`, { mimeType: 'text/plain' }, async (uri) =>
        ({ contents: [{ uri: uri.href, mimeType: 'text/plain', text: 'a note' }] }));
    server.registerResource(
        'item',
        new ResourceTemplate(`item://${own}/{id}`, { list: undefined }),
        { mimeType: 'text/plain' },
        async (uri, { id }) => ({ contents: [{ uri: uri.href, mimeType: 'text/plain', text: 'item ' + id }] }),
    );
    return server;
}

const handler = createMcpHandler(newServer, { legacy });
const serve = toNodeHandler(handler);
createServer((request, response) => {
    if (new URL(request.url, 'http://localhost').pathname !== '/mcp') {
        response.writeHead(404).end();
        return;
    }
    serve(request, response);
}).listen(Number(process.argv[3]), '127.0.0.1');
