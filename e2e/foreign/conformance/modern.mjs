// The backend of the conformance suite for MCP 2026-07-28: everything that the suite's server scenarios of that revision ask
// for, on the MCP project's TypeScript SDK 2.x. Nothing is kept between two requests but the lists that two of the tools change.
//
// Usage: node modern.mjs PORT dual|modern [HOST...]
//   dual    clients of earlier revisions are served too, without sessions
//   modern  they are refused
//   HOST    names beside the loopback ones that a Host header may carry
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import * as fixtures from './fixtures.mjs';

const { completions, nameOf, pause, resources, said, schema202012, simpleTools, template, templateContents, text, user } = fixtures;
const load = createRequire(process.env.CONFORMANCE_FOLDER + '/package.json');
const sdk = load('@modelcontextprotocol/server');
const { inputRequired } = sdk;
const { hostHeaderValidation, originValidation, toNodeHandler } = load('@modelcontextprotocol/node');
const z = load('zod');

const port = Number(process.argv[2]);
const legacy = process.argv[3] === 'modern' ? 'reject' : 'stateless';
const hosts = ['127.0.0.1', 'localhost', '[::1]', ...process.argv.slice(4)];

const shortly = { ttlMs: 1000, cacheScope: 'public' };
const LISTS = ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'];
const cacheHints = Object.fromEntries(LISTS.map((list) => [list, shortly]));
/** Seals what a tool wants to know again when its call is repeated with the client's answers. */
const states = sdk.createRequestStateCodec({ key: randomUUID() + randomUUID(), bind: (context) => context.mcpReq.method });

/** How often the lists have changed: each change adds a tool or a prompt. */
const changes = { tools: 0, prompts: 0 };

const form = (message, properties) => inputRequired.elicit({
    message,
    requestedSchema: { type: 'object', properties, required: Object.keys(properties) },
});
const sample = (question, maxTokens) => inputRequired.createMessage({ messages: [user(text(question))], maxTokens });
const string = { type: 'string' };
const askName = () => form('What is your name?', { name: string });

const accepted = (context, key) => sdk.acceptedContent(context.mcpReq.inputResponses, key);
const response = (context, key, member) => {
    const given = context.mcpReq.inputResponses?.[key];
    return given !== undefined && member in given ? given : undefined;
};

/** Asks for everything that the client has not answered yet; answers once it is all there. */
function asking(questions, answers, answer) {
    const open = Object.fromEntries(Object.entries(questions).filter(([key]) => answers[key] === undefined));
    return Object.keys(open).length > 0 ? { inputRequests: open } : { complete: answer(answers) };
}

async function notifyProgress(context, steps) {
    const progressToken = context.mcpReq._meta?.progressToken;
    for (const progress of steps) {
        if (progressToken !== undefined) {
            await context.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
        }
        await pause(50);
    }
}

const logs = async (context, ...lines) => {
    for (const line of lines) {
        await context.mcpReq.log('info', line, 'conformance');
        await pause(50);
    }
};

/** The tools that need no more than one call. */
function addTools(add) {
    simpleTools.forEach(([name, description, answer]) => add(name, description, () => answer));
    add('test_tool_with_progress', 'Tells its progress while it runs.', async (_, context) => {
        await notifyProgress(context, [0, 50, 100]);
        return said(text('Tool with progress executed successfully'));
    });
    add('test_tool_with_logging', 'Tells three log messages while it runs.', async (_, context) => {
        await logs(context, 'Tool execution started', 'Tool processing data', 'Tool execution completed');
        return said(text('Tool with logging executed successfully'));
    });
    add('test_logging_tool', 'Tells one log message.', async (_, context) => {
        await logs(context, 'One line');
        return said(text('Logged'));
    });
    add('test_streaming_elicitation', 'Streams its progress, and asks nothing.', async (_, context) => {
        await context.mcpReq.notify({
            method: 'notifications/progress',
            params: { progressToken: context.mcpReq._meta?.progressToken ?? 'none', progress: 1, total: 2 },
        });
        return said(text('Streamed'));
    });
    add('json_schema_2020_12_tool', 'Has a schema with keywords of JSON Schema 2020-12.', () => said(text('ok')), schema202012);
    add('test_x_mcp_header', 'Has an argument that clients repeat in a header.', ({ region }) => said(text('in ' + region)), {
        type: 'object',
        properties: { region: { type: 'string', 'x-mcp-header': 'Region' }, level: { type: 'integer' } },
    });
    add('test_trigger_tool_change', 'Adds a tool.', () => {
        changes.tools++;
        handler.notify.toolsChanged();
        return said(text('The list of tools has changed.'));
    });
    add('test_trigger_prompt_change', 'Adds a prompt.', () => {
        changes.prompts++;
        handler.notify.promptsChanged();
        return said(text('The list of prompts has changed.'));
    });
    add('test_trigger_resource_update', 'Changes the watched resource.', () => {
        handler.notify.resourceUpdated('test://watched-resource');
        return said(text('The watched resource has changed.'));
    });
}

/** The tools that ask the client. */
function addAskers(add) {
    const prefix = 'test_input_required_result_';
    add('test_missing_capability', 'Needs a model of the client.', (_, context) =>
        response(context, 'model', 'role') ? said(text('Sampled')) : inputRequired({ inputRequests: { model: sample('Ready?', 10) } }));
    add(prefix + 'elicitation', 'Asks for a name.', (_, context) => {
        const name = accepted(context, 'user_name')?.name;
        return typeof name === 'string' ? said(text(`Hello, ${name}!`)) : inputRequired({ inputRequests: { user_name: askName() } });
    });
    add(prefix + 'sampling', 'Asks the model.', (_, context) => {
        const answer = response(context, 'capital_question', 'content');
        return answer ? said(text(answer.content.text))
            : inputRequired({ inputRequests: { capital_question: sample('What is the capital of France?', 100) } });
    });
    add(prefix + 'list_roots', 'Asks for the folders.', (_, context) => {
        const answer = response(context, 'client_roots', 'roots');
        return answer ? said(text(answer.roots.map((root) => root.uri).join(', ')))
            : inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
    });
    for (const name of ['request_state', 'tampered_state']) {
        add(prefix + name, 'Asks for a confirmation, and wants its state back.', async (_, context) => {
            const known = context.mcpReq.requestState()?.asked;
            if (known === name && accepted(context, 'confirm')) {
                return said(text('state-ok'));
            }
            return inputRequired({
                inputRequests: { confirm: form('Please confirm', { ok: { type: 'boolean' } }) },
                requestState: await states.mint({ asked: name }, context),
            });
        });
    }
    add(prefix + 'multiple_inputs', 'Asks for a name, the model and the folders at once.', async (_, context) => {
        const asked = asking(
            { user_name: askName(), greeting: sample('Generate a greeting', 50), client_roots: inputRequired.listRoots() },
            {
                user_name: accepted(context, 'user_name')?.name,
                greeting: response(context, 'greeting', 'content')?.content.text,
                client_roots: response(context, 'client_roots', 'roots')?.roots.length,
            },
            (answers) => said(text(`${answers.greeting} ${answers.user_name}, ${answers.client_roots} folders`)),
        );
        return asked.complete
            ?? inputRequired({ inputRequests: asked.inputRequests, requestState: await states.mint({ asked: 'all' }, context) });
    });
    add(prefix + 'multi_round', 'Asks for a name, then for a colour.', async (_, context) => {
        const state = context.mcpReq.requestState() ?? {};
        const name = state.name ?? accepted(context, 'step1')?.name;
        const color = state.name && accepted(context, 'step2')?.color;
        if (color) {
            return said(text(`${name} likes ${color}`));
        }
        const question = name ? { step2: form('Step 2: What is your favorite color?', { color: string }) }
            : { step1: form('Step 1: What is your name?', { name: string }) };
        return inputRequired({ inputRequests: question, requestState: await states.mint(name ? { name } : { round: 1 }, context) });
    });
    add(prefix + 'capabilities', 'Asks for what the client can answer.', (_, context) => {
        if (context.mcpReq.inputResponses !== undefined) {
            return said(text('Answered'));
        }
        const can = context.mcpReq.envelope?.[sdk.CLIENT_CAPABILITIES_META_KEY] ?? {};
        const questions = {
            ...(can.elicitation && { user_name: askName() }),
            ...(can.sampling && { greeting: sample('Generate a greeting', 50) }),
        };
        return Object.keys(questions).length > 0 ? inputRequired({ inputRequests: questions }) : said(text('No question'));
    });
}

function newServer() {
    const server = new sdk.McpServer({ name: 'conformance-modern', version: '1.0.0' }, {
        capabilities: {
            logging: {},
            tools: { listChanged: true },
            prompts: { listChanged: true },
            resources: { listChanged: true, subscribe: true },
        },
        cacheHints,
        requestState: { verify: states.verify },
    });
    const add = (name, description, run, schema = { type: 'object', properties: {} }) =>
        server.registerTool(name, { description, inputSchema: sdk.fromJsonSchema(schema) }, async (args, context) => run(args, context));
    addTools(add);
    addAskers(add);
    for (let number = 1; number <= changes.tools; number++) {
        add('added_' + number, 'Was added.', () => said(text('added')));
    }
    addPrompts(server);
    addResources(server);
    return server;
}

function addPrompts(server) {
    const completable = () => sdk.completable(z.string(), () => completions);
    for (const [name, description, names, messages] of fixtures.prompts) {
        const argsSchema = z.object(Object.fromEntries(names.map((argument) => [argument, completable()])));
        server.registerPrompt(name, names.length > 0 ? { description, argsSchema } : { description },
            (args) => ({ messages: messages(args) }));
    }
    server.registerPrompt('test_input_required_result_prompt', { description: 'Asks for its context.' }, (context) => {
        const answer = accepted(context, 'user_context')?.context;
        return typeof answer === 'string' ? { messages: [user(text(answer))] } : inputRequired({
            inputRequests: { user_context: form('What context should the prompt use?', { context: string }) },
        });
    });
    for (let number = 1; number <= changes.prompts; number++) {
        server.registerPrompt('added_' + number, { description: 'Was added.' }, () => ({ messages: [user(text('added'))] }));
    }
}

function addResources(server) {
    for (const [uri, contents] of Object.entries(resources)) {
        const config = { description: 'A resource of the suite', mimeType: contents.mimeType, cacheHint: shortly };
        server.registerResource(nameOf(uri), uri, config, () => ({ contents: [{ uri, ...contents }] }));
    }
    const { name, uriTemplate, ...config } = template;
    server.registerResource(name, new sdk.ResourceTemplate(uriTemplate, { list: undefined }), config,
        (uri, { id }) => ({ contents: [templateContents(uri.href, id)] }));
}

const handler = sdk.createMcpHandler(newServer, { legacy, onerror: (error) => console.error(error.message) });
const serve = toNodeHandler(handler);
const rightHost = hostHeaderValidation(hosts);
const rightOrigin = originValidation(hosts);
createServer((request, response) => {
    if (!rightHost(request, response) || !rightOrigin(request, response)) {
        return;
    }
    if (new URL(request.url, 'http://localhost').pathname !== '/mcp') {
        response.writeHead(404).end();
        return;
    }
    serve(request, response);
}).listen(port, '127.0.0.1');
