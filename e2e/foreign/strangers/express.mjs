// A server on the TypeScript MCP SDK 1.20 and express, which reads bodies in whatever charset the client names (raw-body). It
// has a tool for everybody and one that a gateway may hide; each says its name, and stderr says which ones ran.
//
// Usage: node express.mjs PORT
import { createRequire } from 'node:module';

const load = createRequire(process.env.STRANGERS_FOLDER + '/package.json');
const old = createRequire(load.resolve('sdk-1.20/server/mcp.js'));
const express = old('express');
const { McpServer } = load('sdk-1.20/server/mcp.js');
const { StreamableHTTPServerTransport } = load('sdk-1.20/server/streamableHttp.js');

function newServer() {
    const server = new McpServer({ name: 'express', version: '1.20' });
    for (const name of ['public', 'secret']) {
        server.registerTool(name, { description: 'Says ' + name + '.', inputSchema: {} }, async () => {
            console.error('ran ' + name);
            return { content: [{ type: 'text', text: name }] };
        });
    }
    return server;
}

const app = express();
app.all('/mcp', async (request, response) => {
    // Without sessions each request has a transport of its own.
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    response.on('close', () => transport.close());
    await newServer().connect(transport);
    await transport.handleRequest(request, response);
});
app.listen(Number(process.argv[2]), '127.0.0.1');
