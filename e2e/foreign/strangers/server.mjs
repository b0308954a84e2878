// A server on the TypeScript MCP SDK 2.x for the stranger's bench, by createMcpHandler.
//
// Usage: node server.mjs PORT [modern]     modern: only speaks 2026-07-28
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const { McpServer, ResourceTemplate, completable, createMcpHandler } = load('@modelcontextprotocol/server');
const { toNodeHandler } = load('@modelcontextprotocol/node');
const z = load('zod');

const text = (words) => ({ content: [{ type: 'text', text: words }] });
const NAMES = ['Ann', 'Anton', 'Berta'];

function newServer() {
    const server = new McpServer(
        { name: 'strange-typescript', version: '1.0.0' },
        { capabilities: { logging: {} }, instructions: 'Ask typescript for anything.' },
    );
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
        const progressToken = context.mcpReq._meta?.progressToken;
        for (let step = 1; step <= steps; step++) {
            if (progressToken !== undefined) {
                const params = { progressToken, progress: step, total: steps };
                await context.mcpReq.notify({ method: 'notifications/progress', params });
            }
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
    server.registerPrompt('greet', {
        description: 'A greeting.',
        argsSchema: z.object({
            name: completable(z.string(), (start) => NAMES.filter((name) => name.startsWith(start))),
        }),
    }, ({ name }) => ({ messages: [{ role: 'user', content: { type: 'text', text: 'Greet ' + name } }] }));
    server.registerResource('note', 'note://typescript2/text', { mimeType: 'text/plain' }, async (uri) =>
        ({ contents: [{ uri: uri.href, mimeType: 'text/plain', text: 'a note' }] }));
    server.registerResource(
        'item',
        new ResourceTemplate('item://typescript2/{id}', { list: undefined }),
        { mimeType: 'text/plain' },
        async (uri, { id }) => ({ contents: [{ uri: uri.href, mimeType: 'text/plain', text: 'item ' + id }] }),
    );
    return server;
}

const handler = toNodeHandler(createMcpHandler(newServer, process.argv[3] === 'modern' ? { legacy: 'reject' } : {}));
createServer((request, response) => {
    if (new URL(request.url, 'http://localhost').pathname !== '/mcp') {
        response.writeHead(404).end();
        return;
    }
    handler(request, response);
}).listen(Number(process.argv[2]), '127.0.0.1');
