// A client on the TypeScript SDK 2.x that speaks MCP 2026-07-28 only, and uses a tool that is not listed. Prints one line of JSON:
// what it listed, what it found, and what the tool said.
//
// Usage: STRANGERS_FOLDER=$(scripts/tools.sh typescript) node find.mjs URL WORDS ARGUMENTS
import { createRequire } from 'node:module';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const sdk = load('@modelcontextprotocol/client');
const [url, query, args] = process.argv.slice(2);

const client = new sdk.Client({ name: 'find', version: '1' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
await client.connect(new sdk.StreamableHTTPClientTransport(new URL(url)), { timeout: 10_000 });
const { tools } = await client.listTools();
const found = await client.callTool({ name: 'find_tools', arguments: { query, limit: 3 } });
const [best] = found.structuredContent.tools;
const answer = await client.callTool({ name: best.name, arguments: JSON.parse(args) });
console.log(JSON.stringify({
    version: client.getNegotiatedProtocolVersion(),
    listed: tools.map((tool) => tool.name),
    same: JSON.stringify(JSON.parse(found.content[0].text)) === JSON.stringify(found.structuredContent),
    best: best.name,
    answer: answer.content[0].text,
}));
await client.close();
process.exit(0);
