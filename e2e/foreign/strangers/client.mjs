// A client on the TypeScript MCP SDK for the stranger's bench. What it is to do and what it prints is said in
// README.md.
//
// Usage: node client.mjs 1|2|2-auto|2-modern JOBS
//   1         the SDK 1.x
//   2         the SDK 2.x as it is without options: it speaks 2025-11-25 and earlier
//   2-auto    the SDK 2.x, which asks for 2026-07-28 first
//   2-modern  the SDK 2.x, which speaks 2026-07-28 only
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const [generation, mode] = process.argv[2].split('-');
const second = generation === '2';
const versionNegotiation = { auto: { mode: 'auto' }, modern: { mode: { pin: '2026-07-28' } } }[mode];
const { limitMillis, jobs } = JSON.parse(readFileSync(process.argv[3], 'utf8'));

const sdk = second ? load('@modelcontextprotocol/client') : {
    ...load('@modelcontextprotocol/sdk/client/index.js'),
    ...load('@modelcontextprotocol/sdk/client/streamableHttp.js'),
};
const types = second ? {} : load('@modelcontextprotocol/sdk/types.js');

/** What a handler is registered for: the method in 2.x, its schema in 1.x. */
const on = (method, schema) => (second ? method : types[schema]);

function answer(field) {
    if (field.default !== undefined) {
        return field.default;
    }
    const choices = field.enum ?? (field.oneOf ?? field.anyOf)?.map((choice) => choice.const);
    if (choices) {
        return choices[0];
    }
    switch (field.type) {
        case 'boolean': return true;
        case 'integer':
        case 'number': return 7;
        case 'array': return [answer(field.items)];
    }
    return { email: 'ann@example.org', uri: 'https://example.org/', date: '2026-01-01',
        'date-time': '2026-01-01T00:00:00Z' }[field.format] ?? 'Ann';
}

function filledIn(schema) {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, field]) => [name, answer(field)]));
}

const blocks = (content) => (Array.isArray(content) ? content : [content]);

/** What the model says: it uses a tool where there is one, and repeats what the tool said. */
function think({ messages, tools }, ears) {
    const asked = blocks(messages.at(-1).content)[0];
    if (asked.type === 'tool_result') {
        ears.add('sampling', 'result ' + asked.content[0].text);
        return { content: [{ type: 'text', text: 'it is ' + asked.content[0].text }], stopReason: 'endTurn' };
    }
    if (tools) {
        ears.add('sampling', asked.text + ' ' + tools.map((tool) => tool.name));
        const use = { type: 'tool_use', id: 'use-1', name: tools[0].name, input: { city: 'Rome' } };
        return { content: [use], stopReason: 'toolUse' };
    }
    ears.add('sampling', asked.text);
    return { content: { type: 'text', text: 'blue' } };
}

/** A client, and what it hears and is asked. */
function newClient() {
    const ears = {
        heard: {},
        add(kind, value) { (this.heard[kind] ??= []).push(value); },
        /** What was heard, once that many of a kind are there: notifications may be handled after the answer. */
        async all(hears) {
            const late = () => Object.entries(hears).some(([kind, times]) => (this.heard[kind]?.length ?? 0) < times);
            for (let tries = 0; tries < 500 && late(); tries++) {
                await new Promise((resolve) => setTimeout(resolve, 10));
            }
            return this.heard;
        },
    };
    const capabilities = { roots: { listChanged: true }, sampling: { tools: {} }, elicitation: { form: {}, url: {} } };
    const client = new sdk.Client({ name: 'stranger-typescript', version: '1' }, { capabilities, versionNegotiation });
    client.setRequestHandler(on('elicitation/create', 'ElicitRequestSchema'), async ({ params }) => {
        if (params.mode === 'url') {
            ears.add('url', params.message);
            return { action: 'accept' };
        }
        ears.add('form', params.message);
        return { action: 'accept', content: filledIn(params.requestedSchema) };
    });
    client.setRequestHandler(on('sampling/createMessage', 'CreateMessageRequestSchema'), async ({ params }) =>
        ({ role: 'assistant', model: 'none', ...think(params, ears) }));
    client.setRequestHandler(on('roots/list', 'ListRootsRequestSchema'), async () =>
        ({ roots: [{ uri: 'file:///stranger', name: 'stranger' }] }));
    client.setNotificationHandler(on('notifications/message', 'LoggingMessageNotificationSchema'), ({ params }) =>
        ears.add('log', { level: params.level, data: params.data }));
    client.setNotificationHandler(on('notifications/resources/updated', 'ResourceUpdatedNotificationSchema'), ({ params }) =>
        ears.add('updated', params.uri));
    client.setNotificationHandler(on('notifications/tools/list_changed', 'ToolListChangedNotificationSchema'), () =>
        ears.add('changed', true));
    return { client, ears };
}

async function pages(list, key) {
    const all = [];
    let cursor;
    do {
        const page = await list(cursor === undefined ? {} : { cursor });
        all.push(...page[key]);
        cursor = page.nextCursor;
    } while (cursor !== undefined);
    return all;
}

const call = (client, name, args, options, meta) =>
    second ? client.callTool({ name, arguments: args ?? {}, ...meta }, options)
        : client.callTool({ name, arguments: args ?? {} }, undefined, options);

async function cancel(client, step) {
    const giveUp = new AbortController();
    let begun;
    const first = new Promise((resolve) => { begun = resolve; });
    const options = { signal: giveUp.signal, timeout: limitMillis, onprogress: () => begun('begun') };
    const ended = call(client, step.name, step.arguments, options).then(() => 'answered', () => 'refused');
    const what = await Promise.race([first, ended]);
    if (what !== 'begun') {
        throw new Error('the call ended before it was given up: ' + what);
    }
    giveUp.abort('no longer wanted');
    if ((await ended) !== 'refused') {
        throw new Error('the call was answered though it was given up');
    }
    return { answer: await call(client, step.then, step.arguments, { timeout: limitMillis }) };
}

const isModern = (client) => second && client.getProtocolEra() === 'modern';

/** Runs with the server's notices about a resource, or about its tools. */
async function watching(client, uri, options, run) {
    if (isModern(client)) {
        const listening = await client.listen(uri === undefined ? { toolsListChanged: true } : { resourceSubscriptions: [uri] }, options);
        return run().finally(() => listening.close());
    }
    if (uri !== undefined) {
        await client.subscribeResource({ uri }, options);
    }
    return run();
}

/** Lists the tools after each notice until the new one is there. */
async function changed({ client, ears }, step, options) {
    await call(client, step.name, step.arguments, options);
    const added = step.name.replace(/grow$/, 'grown_' + step.arguments.key);
    for (let seen = 0; ;) {
        const told = (await ears.all({ changed: seen + 1 })).changed?.length ?? 0;
        const fresh = { ...options, cacheMode: 'refresh' };
        const tools = await pages((cursor) => client.listTools(cursor, fresh), 'tools');
        const listed = tools.some((tool) => tool.name === added);
        if (listed || told === seen) {
            return { told: told > 0, listed };
        }
        seen = told;
    }
}

async function run({ client, ears }, step) {
    const options = { timeout: limitMillis };
    switch (step.do) {
        case 'initialize':
            return {
                version: second ? client.getNegotiatedProtocolVersion() : client.transport.protocolVersion,
                capabilities: client.getServerCapabilities(),
            };
        case 'tools': return pages((cursor) => client.listTools(cursor, options), 'tools');
        case 'prompts': return pages((cursor) => client.listPrompts(cursor, options), 'prompts');
        case 'resources': return pages((cursor) => client.listResources(cursor, options), 'resources');
        case 'templates': return pages((cursor) => client.listResourceTemplates(cursor, options), 'resourceTemplates');
        case 'prompt': return client.getPrompt({ name: step.name, arguments: step.arguments }, options);
        case 'read': return client.readResource({ uri: step.uri }, options);
        case 'complete':
            return (await client.complete({ ref: step.ref, argument: step.argument }, options)).completion;
        case 'call': {
            const meta = step.level && isModern(client) ? { _meta: { 'io.modelcontextprotocol/logLevel': step.level } } : {};
            if (step.level && !isModern(client)) {
                await client.setLoggingLevel(step.level, options);
            }
            if (step.progress) {
                options.onprogress = ({ progress }) => ears.add('progress', progress);
            }
            const answered = await call(client, step.name, step.arguments, options, meta);
            return { answer: answered, heard: await ears.all(step.hears ?? {}) };
        }
        case 'cancel': return cancel(client, step);
        case 'subscribe':
            return watching(client, step.uri, options, async () => {
                await call(client, step.then, step.arguments, options);
                return { updated: (await ears.all({ updated: 1 })).updated?.[0] };
            });
        case 'changed': return watching(client, undefined, options, () => changed({ client, ears }, step, options));
    }
    throw new Error('unknown step ' + step.do);
}

const tell = (job, step, outcome) =>
    console.log(JSON.stringify({ server: job.server, scenario: step.scenario, ...outcome }));
const words = (error) => String(error?.message ?? error);

for (const job of jobs) {
    const pair = newClient();
    let refused;
    try {
        await pair.client.connect(new sdk.StreamableHTTPClientTransport(new URL(job.url)), { timeout: limitMillis });
    } catch (error) {
        refused = words(error);
    }
    for (const step of job.steps) {
        if (refused !== undefined) {
            tell(job, step, { error: refused });
            continue;
        }
        pair.ears.heard = {};
        try {
            tell(job, step, { result: await run(pair, step) });
        } catch (error) {
            tell(job, step, { error: words(error) });
        }
    }
    await pair.client.close().catch(() => {});
}
process.exit(0);
