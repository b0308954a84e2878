// A server on the TypeScript MCP SDK 2.x that speaks MCP 2026-07-28 only, and asks its client for everything that
// it can be asked for.
//
// Usage: node server.mjs PORT FOLDER     FOLDER: where the SDK is installed
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const load = createRequire(process.argv[3] + '/package.json');
const { McpServer, createMcpHandler, createRequestStateCodec, inputRequired, inputResponse } =
    load('@modelcontextprotocol/server');
const { toNodeHandler } = load('@modelcontextprotocol/node');
const z = load('zod');

const text = (words) => ({ content: [{ type: 'text', text: words }] });

/** One question of each kind, by the name of the tool that asks it. */
const QUESTIONS = {
    form: () => inputRequired.elicit({
        message: 'Which colour?',
        requestedSchema: z.object({ colour: z.enum(['red', 'blue']) }),
    }),
    url: () => inputRequired.elicitUrl({ message: 'Please log in.', url: 'https://login.example/' }),
    sampling: () => inputRequired.createMessage({
        messages: [{ role: 'user', content: { type: 'text', text: 'Which colour?' } }],
        maxTokens: 10,
    }),
    roots: () => inputRequired.listRoots(),
};

function newServer() {
    const server = new McpServer({ name: 'modern-only', version: '1.0.0' }, { capabilities: { logging: {} } });
    server.registerTool('echo', { description: 'Says it again.', inputSchema: z.object({ text: z.string() }) },
        async (args) => text(args.text));
    server.registerTool('count', { description: 'Counts.', inputSchema: z.object({ steps: z.number() }) },
        async ({ steps }, context) => {
            const progressToken = context.mcpReq._meta?.progressToken;
            for (let step = 1; step <= steps; step++) {
                await context.mcpReq.notify({
                    method: 'notifications/progress',
                    params: { progressToken, progress: step, total: steps },
                });
                await context.mcpReq.log('info', 'step ' + step);
            }
            return text('counted to ' + steps);
        });
    for (const [name, question] of Object.entries(QUESTIONS)) {
        server.registerTool(name, { description: 'Asks.', inputSchema: z.object({}) }, async (_, context) => {
            const answer = inputResponse(context.mcpReq.inputResponses, 'q');
            return answer.kind === 'missing'
                ? inputRequired({ inputRequests: { q: question() }, requestState: 'asked ' + name })
                : text(JSON.stringify(answer));
        });
    }
    server.registerTool('twice', { description: 'Asks twice.', inputSchema: z.object({}) }, async (_, context) => {
        const { inputResponses } = context.mcpReq;
        const second = inputResponse(inputResponses, 'second');
        if (second.kind !== 'missing') {
            return text(JSON.stringify(second));
        }
        const first = inputResponse(inputResponses, 'first');
        return inputRequired({ inputRequests: { [first.kind === 'missing' ? 'first' : 'second']: QUESTIONS.form() } });
    });
    server.registerTool('region', {
        description: 'Has an argument that is sent as a header, too.',
        inputSchema: z.object({ region: z.string().meta({ 'x-mcp-header': 'Region' }) }),
    }, async ({ region }) => text('in ' + region));
    server.registerPrompt('greet', { description: 'A greeting.', argsSchema: z.object({ name: z.string() }) },
        ({ name }) => ({ messages: [{ role: 'user', content: { type: 'text', text: 'Greet ' + name } }] }));
    server.registerResource('note', 'note://modern/text', { mimeType: 'text/plain' }, async (uri) =>
        ({ contents: [{ uri: uri.href, mimeType: 'text/plain', text: 'a note' }] }));
    return server;
}

const handler = toNodeHandler(createMcpHandler(newServer, { legacy: 'reject' }));
createServer((request, response) => {
    if (new URL(request.url, 'http://localhost').pathname !== '/mcp') {
        response.writeHead(404).end();
        return;
    }
    handler(request, response);
}).listen(Number(process.argv[2]), '127.0.0.1');
