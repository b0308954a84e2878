// Connects a client on the TypeScript MCP SDK and prints the revision that it uses, or the error that its user sees.
//
// Usage: STRANGERS_FOLDER=$(scripts/tools.sh typescript) node limits.mjs 1|2|2-auto|2-modern URL VIRTUALSERVER
import { createRequire } from 'node:module';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const [kind, url, virtualServer] = process.argv.slice(2);
const [generation, mode] = kind.split('-');
const versionNegotiation = { auto: { mode: 'auto' }, modern: { mode: { pin: '2026-07-28' } } }[mode];
const sdk = generation === '2' ? load('@modelcontextprotocol/client') : {
    ...load('@modelcontextprotocol/sdk/client/index.js'),
    ...load('@modelcontextprotocol/sdk/client/streamableHttp.js'),
};

const client = new sdk.Client({ name: 'limits', version: '1' }, { capabilities: {}, versionNegotiation });
const transport = new sdk.StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { 'X-Mcp-Virtualserver': virtualServer } },
});
try {
    await client.connect(transport, { timeout: 20_000 });
    await client.listTools({});
    console.log(client.getNegotiatedProtocolVersion?.() ?? transport.protocolVersion);
} catch (error) {
    console.log(`FAILED ${error?.code ?? ''} ${error?.message ?? error}`);
}
await client.close().catch(() => {});
process.exit(0);
