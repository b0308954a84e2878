// A client on the TypeScript MCP SDK 1.x, which only speaks legacy revisions. Calls everything that server.mjs has, and
// prints one line of JSON: what came back, and what it was asked and told meanwhile.
//
// Usage: node client.cjs URL FOLDER     FOLDER: where the SDK is installed
const { createRequire } = require('node:module');

const load = createRequire(process.argv[3] + '/package.json');
const { Client } = load('@modelcontextprotocol/sdk/client/index.js');
const { StreamableHTTPClientTransport } = load('@modelcontextprotocol/sdk/client/streamableHttp.js');
const types = load('@modelcontextprotocol/sdk/types.js');

async function main() {
    const asked = [];
    const told = [];
    const client = new Client({ name: 'legacy', version: '1.0.0' }, {
        capabilities: { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} },
    });
    client.setRequestHandler(types.ElicitRequestSchema, async ({ params }) => {
        asked.push(params.mode === 'url' ? 'url ' + params.url : 'form ' + params.message);
        return params.mode === 'url' ? { action: 'accept' } : { action: 'accept', content: { colour: 'blue' } };
    });
    client.setRequestHandler(types.CreateMessageRequestSchema, async ({ params }) => {
        asked.push('sampling ' + params.messages[0].content.text);
        return { model: 'm', role: 'assistant', content: { type: 'text', text: 'blue' } };
    });
    client.setRequestHandler(types.ListRootsRequestSchema, async () => {
        asked.push('roots');
        return { roots: [{ uri: 'file:///work' }] };
    });
    client.setNotificationHandler(types.LoggingMessageNotificationSchema, ({ params }) => told.push(params.data));
    await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2])));
    const prefix = 'one_';
    const results = {};
    const call = async (name, args = {}, options = {}) => {
        try {
            const result = await client.callTool({ name: prefix + name, arguments: args }, undefined, options);
            results[name] = (result.isError ? 'ERROR ' : '') + result.content[0].text;
        } catch (error) {
            results[name] = 'FAILED ' + error.message;
        }
    };
    await client.setLoggingLevel('info');
    await call('echo', { text: 'hällo' });
    await call('region', { region: 'Zürich' });
    const progress = [];
    await call('count', { steps: 3 }, { onprogress: (step) => progress.push(step.progress) });
    for (const name of ['form', 'url', 'sampling', 'roots', 'twice']) {
        await call(name);
    }
    const prompt = await client.getPrompt({ name: prefix + 'greet', arguments: { name: 'Ann' } });
    results.prompt = prompt.messages[0].content.text;
    const resource = await client.readResource({ uri: 'note://modern/text' });
    results.resource = resource.contents[0].text;
    try {
        await client.readResource({ uri: 'note://modern/none' });
    } catch (error) {
        results.none = error.code;
    }
    console.log(JSON.stringify({ version: client.getServerVersion().name, results, asked, told, progress }));
    await client.close();
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
