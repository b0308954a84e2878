// The backend of the conformance suite: everything that the suite's server scenarios ask for, on the MCP project's
// TypeScript SDK, so that the peer behind the gateway shares no code with it.
//
// Usage: node server.mjs PORT [answer|stream] [HOST...]
//   answer  questions to the client (sampling, elicitation) go into the answer of the call that causes them
//   stream  they go to the session's own GET stream
//   HOST    names beside the loopback ones that a Host header may carry
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as fixtures from './fixtures.mjs';

const { completions, nameOf, pause, resources, said, schema202012, simpleTools, template, templateContents, text, user } = fixtures;
const packages = createRequire(pathToFileURL(process.env.CONFORMANCE_FOLDER + '/package.json'));
const load = (name) => import(pathToFileURL(packages.resolve('@modelcontextprotocol/sdk/' + name)));
const { Server } = await load('server/index.js');
const { StreamableHTTPServerTransport } = await load('server/streamableHttp.js');
const { createMcpExpressApp } = await load('server/express.js');
const types = await load('types.js');

const port = Number(process.argv[2]);
const asksOnStream = process.argv[3] === 'stream';
const hosts = process.argv.slice(4);

const SESSIONS_AT_MOST = 200;
const EVENTS_AT_MOST = 2000;

/** Asks the client something, in the answer of the call or on the session's own stream. */
async function ask(context, method, params, shape) {
    const request = { method, params };
    return asksOnStream ? context.server.request(request, shape) : context.extra.sendRequest(request, shape);
}

async function elicit(context, message, properties, required) {
    const requestedSchema = { type: 'object', properties, required };
    return ask(context, 'elicitation/create', { message, requestedSchema }, types.ElicitResultSchema);
}

async function tellLog(context, words) {
    const params = { level: 'info', logger: 'conformance', data: words };
    await context.extra.sendNotification({ method: 'notifications/message', params });
}

const choice = (value, title) => ({ const: value, title });
const ENUMS = {
    untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
    titledSingle: {
        type: 'string',
        oneOf: [choice('value1', 'First Option'), choice('value2', 'Second Option'), choice('value3', 'Third Option')],
    },
    legacyEnum: {
        type: 'string',
        enum: ['opt1', 'opt2', 'opt3'],
        enumNames: ['Option One', 'Option Two', 'Option Three'],
    },
    untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
    titledMulti: {
        type: 'array',
        items: {
            anyOf: [choice('value1', 'First Choice'), choice('value2', 'Second Choice'), choice('value3', 'Third Choice')],
        },
    },
};
const DEFAULTS = {
    name: { type: 'string', default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
};
const completed = (answer) =>
    said(text(`Elicitation completed: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`));

const tools = {};
const tool = (name, description, run, inputSchema = { type: 'object', properties: {} }) => {
    tools[name] = { definition: { name, description, inputSchema }, run };
};
const oneText = (argument) => ({
    type: 'object',
    properties: { [argument]: { type: 'string' } },
    required: [argument],
});

simpleTools.forEach(([name, description, answer]) => tool(name, description, () => answer));
tool('test_tool_with_logging', 'Tells three log messages while it runs.', async (_, context) => {
    await tellLog(context, 'Tool execution started');
    await pause(50);
    await tellLog(context, 'Tool processing data');
    await pause(50);
    await tellLog(context, 'Tool execution completed');
    return said(text('Tool with logging executed successfully'));
});
tool('test_tool_with_progress', 'Tells its progress while it runs.', async (_, context) => {
    const progressToken = context.extra._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined) {
            const params = { progressToken, progress, total: 100 };
            await context.extra.sendNotification({ method: 'notifications/progress', params });
        }
        await pause(50);
    }
    return said(text('Tool with progress executed successfully'));
});
tool('test_sampling', 'Asks the client to sample a model.', async ({ prompt }, context) => {
    const params = { messages: [user(text(prompt))], maxTokens: 100 };
    const answer = await ask(context, 'sampling/createMessage', params, types.CreateMessageResultSchema);
    return said(text('LLM response: ' + answer.content.text));
}, oneText('prompt'));
tool('test_elicitation', 'Asks the user for a name and an address.', async ({ message }, context) => {
    const properties = {
        username: { type: 'string', description: "User's response" },
        email: { type: 'string', description: "User's email address" },
    };
    const answer = await elicit(context, message, properties, ['username', 'email']);
    return said(text(`User response: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`));
}, oneText('message'));
tool('test_elicitation_sep1034_defaults', 'Asks with a default for each type.', async (_, context) =>
    completed(await elicit(context, 'Please review the defaults', DEFAULTS, [])));
tool('test_elicitation_sep1330_enums', 'Asks with each form of enumeration.', async (_, context) =>
    completed(await elicit(context, 'Please choose', ENUMS, [])));
tool('test_reconnection', 'Closes its stream half-way; the answer comes after the client is back.', async (_, context) => {
    await pause(100);
    context.extra.closeSSEStream?.();
    await pause(100);
    return said(text('Reconnection test completed successfully'));
});
tool('json_schema_2020_12_tool', 'Has a schema with keywords of JSON Schema 2020-12.', () => said(text('ok')), schema202012);

const prompts = {};
for (const [name, description, names, messages] of fixtures.prompts) {
    const declared = names.map((argument) => ({ name: argument, description: 'An argument', required: true }));
    prompts[name] = { definition: { name, description, arguments: declared }, messages };
}

function read(uri) {
    const fixed = resources[uri];
    if (fixed) {
        return { contents: [{ uri, ...fixed }] };
    }
    const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
    if (id === undefined) {
        throw new types.McpError(-32002, 'Resource not found: ' + uri);
    }
    return { contents: [templateContents(uri, id)] };
}

function named(family, name) {
    if (!Object.hasOwn(family, name)) {
        throw new types.McpError(types.ErrorCode.InvalidParams, 'unknown: ' + name);
    }
    return family[name];
}

function newServer() {
    const capabilities = {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        logging: {},
        completions: {},
    };
    const server = new Server({ name: 'conformance-backend', version: '1.0.0' }, { capabilities });
    const on = (schema, answer) => server.setRequestHandler(schema, answer);
    const definitions = (family) => Object.values(family).map((entry) => entry.definition);
    on(types.ListToolsRequestSchema, () => ({ tools: definitions(tools) }));
    on(types.CallToolRequestSchema, ({ params }, extra) =>
        named(tools, params.name).run(params.arguments ?? {}, { server, extra }));
    on(types.ListPromptsRequestSchema, () => ({ prompts: definitions(prompts) }));
    on(types.GetPromptRequestSchema, ({ params }) =>
        ({ messages: named(prompts, params.name).messages(params.arguments ?? {}) }));
    on(types.ListResourcesRequestSchema, () => ({
        resources: Object.entries(resources).map(([uri, { mimeType }]) =>
            ({ uri, name: nameOf(uri), description: 'A resource of the suite', mimeType })),
    }));
    on(types.ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [template] }));
    on(types.ReadResourceRequestSchema, ({ params }) => read(params.uri));
    on(types.SubscribeRequestSchema, () => ({}));
    on(types.UnsubscribeRequestSchema, () => ({}));
    on(types.CompleteRequestSchema, () => ({ completion: { values: completions, total: completions.length, hasMore: false } }));
    on(types.SetLevelRequestSchema, () => ({}));
    return server;
}

/** Events of one session, for clients that come back with Last-Event-ID; the oldest go first. */
function eventStore() {
    const events = [];
    let next = 0;
    return {
        async storeEvent(streamId, message) {
            const id = `${streamId}#${next++}`;
            events.push({ id, streamId, message });
            events.splice(0, Math.max(0, events.length - EVENTS_AT_MOST));
            return id;
        },
        async getStreamIdForEventId(id) {
            return events.find((event) => event.id === id)?.streamId;
        },
        async replayEventsAfter(last, { send }) {
            const from = events.findIndex((event) => event.id === last);
            if (from < 0) {
                throw new Error('unknown event ' + last);
            }
            const { streamId } = events[from];
            for (const event of events.slice(from + 1)) {
                if (event.streamId === streamId) {
                    await send(event.id, event.message);
                }
            }
            return streamId;
        },
    };
}

const sessions = new Map();

async function newSession() {
    const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        eventStore: eventStore(),
        retryInterval: 500,
        onsessioninitialized: (id) => {
            sessions.set(id, transport);
            if (sessions.size > SESSIONS_AT_MOST) {
                sessions.values().next().value.close();
            }
        },
    });
    transport.onclose = () => sessions.delete(transport.sessionId);
    await newServer().connect(transport);
    return transport;
}

const app = createMcpExpressApp({ allowedHosts: ['127.0.0.1', 'localhost', '[::1]', ...hosts] });
app.all('/mcp', async (request, response) => {
    const id = request.headers['mcp-session-id'];
    const known = id === undefined ? undefined : sessions.get(id);
    if (id !== undefined && known === undefined) {
        response.status(404).json({ jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Session not found' } });
        return;
    }
    await (known ?? (await newSession())).handleRequest(request, response, request.body);
});
app.listen(port, '127.0.0.1');
