// Prints what one client of MCP 2026-07-28, on the TypeScript SDK 2.x, sees at a URL: for a first look at a server or a gateway.
// It knows the tools of this bench's servers and of the conformance suite's, with any prefix, and skips what is not there.
//
// Usage: STRANGERS_FOLDER=$(scripts/tools.sh typescript) node look.mjs URL [auto|legacy|2026-07-28]
import { createRequire } from 'node:module';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const sdk = load('@modelcontextprotocol/client');
const [url, mode = '2026-07-28'] = process.argv.slice(2);

/** What is tried, with which of these tools. */
const TRIED = {
    call: [['echo', { text: 'hi' }], ['test_simple_text']],
    structured: [['add', { a: 2, b: 40 }]],
    progress: [['count', { steps: 2 }], ['test_tool_with_progress']],
    log: [['tell', { lines: 2 }], ['test_tool_with_logging']],
    header: [['test_x_mcp_header', { region: 'eu', level: 1 }]],
    form: [['ask_form'], ['test_input_required_result_elicitation'], ['test_elicitation', { message: 'Who?' }]],
    url: [['ask_url']],
    sampling: [['ask_model'], ['test_input_required_result_sampling']],
    roots: [['ask_roots'], ['test_input_required_result_list_roots']],
    rounds: [['test_input_required_result_multi_round']],
    listen: [['grow', { key: 'look' }], ['test_trigger_tool_change']],
};

const say = (what, value) => console.log(what.padEnd(11), typeof value === 'string' ? value : JSON.stringify(value));
const words = (error) => `FAILED ${error?.constructor?.name} ${error?.code ?? ''} ${error?.message ?? error}`
    + (error?.data === undefined ? '' : ' ' + JSON.stringify(error.data));

async function tried(what, run) {
    try {
        say(what, await run());
    } catch (error) {
        say(what, words(error));
    }
}

const client = new sdk.Client({ name: 'look', version: '1' }, {
    capabilities: { roots: {}, sampling: {}, elicitation: { form: {}, url: {} } },
    versionNegotiation: { mode: ['auto', 'legacy'].includes(mode) ? mode : { pin: mode } },
});
client.onerror = (error) => say('  error', words(error));
client.setRequestHandler('elicitation/create', async ({ params }) => {
    say('  asked', params);
    const fields = Object.entries(params.requestedSchema?.properties ?? {});
    const content = Object.fromEntries(fields.map(([name, field]) => [name, field.type === 'boolean' ? true : 'Ann']));
    return params.mode === 'url' ? { action: 'accept' } : { action: 'accept', content };
});
client.setRequestHandler('sampling/createMessage', async ({ params }) => {
    say('  asked', params.messages.at(-1));
    return { role: 'assistant', model: 'none', content: { type: 'text', text: 'blue' } };
});
client.setRequestHandler('roots/list', async () => ({ roots: [{ uri: 'file:///look', name: 'look' }] }));
client.setNotificationHandler('notifications/message', ({ params }) => say('  log', params));
const changed = new Promise((resolve) => {
    client.setNotificationHandler('notifications/tools/list_changed', ({ params }) => resolve(params ?? {}));
});

await tried('connect', async () => {
    await client.connect(new sdk.StreamableHTTPClientTransport(new URL(url)), { timeout: 10_000 });
    return { version: client.getNegotiatedProtocolVersion(), server: client.getServerVersion(), ...client.getDiscoverResult() };
});
const options = { timeout: 10_000, cacheMode: 'refresh' };
let names = [];
await tried('tools', async () => {
    const { tools, ...rest } = await client.listTools({}, options);
    names = tools.map((tool) => tool.name);
    return { ...rest, tools: names };
});
for (const [kind, list, key] of [['prompts', 'listPrompts', 'name'], ['resources', 'listResources', 'uri'],
    ['templates', 'listResourceTemplates', 'uriTemplate']]) {
    await tried(kind, async () => Object.values(await client[list]({}, options)).filter(Array.isArray).flat().map((item) => item[key]));
}

for (const [what, choices] of Object.entries(TRIED)) {
    const found = choices.flatMap(([tool, args]) => names.filter((name) => name === tool || name.endsWith('_' + tool)
        && !name.endsWith('result_' + tool)).map((name) => ({ name, arguments: args ?? {} }))).at(0);
    if (found === undefined) {
        continue;
    }
    const meta = what === 'log' && mode !== 'legacy' ? { _meta: { 'io.modelcontextprotocol/logLevel': 'debug' } } : {};
    const call = () => client.callTool({ ...found, ...meta }, {
        ...options, onprogress: what === 'progress' ? (progress) => say('  progress', progress) : undefined,
    });
    await tried(what, async () => {
        if (what !== 'listen') {
            return call();
        }
        const subscription = await client.listen({ toolsListChanged: true });
        say('  listens', subscription.honoredFilter);
        await call();
        const late = new Promise((resolve) => setTimeout(() => resolve('FAILED nothing was heard within 5 s'), 5000));
        const heard = await Promise.race([changed, late]);
        await subscription.close();
        return heard;
    });
}
await client.close().catch(() => {});
process.exit(0);
