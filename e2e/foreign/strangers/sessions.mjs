// Servers with sessions on the TypeScript MCP SDK, for the stranger's bench: each session has a server of its own.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const SESSIONS_AT_MOST = 200;
const sessions = new Map();

/** The servers of the sessions that are open. */
export const servers = new Set();
/** Those whose client wants to know when the note changes. */
export const subscribed = new Set();

/** Tells these clients. */
export async function changed(uri) {
    await Promise.allSettled([...subscribed].map((each) => each.server.sendResourceUpdated({ uri })));
}

async function newSession(newServer, Transport) {
    const server = newServer();
    const transport = new Transport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => {
            sessions.set(id, transport);
            if (sessions.size > SESSIONS_AT_MOST) {
                sessions.values().next().value.close();
            }
        },
    });
    transport.onclose = () => {
        sessions.delete(transport.sessionId);
        servers.delete(server);
        subscribed.delete(server);
    };
    await server.connect(transport);
    servers.add(server);
    return transport;
}

/** Serves /mcp on loopback; Transport is the SDK's class. */
export function serve(newServer, Transport, port) {
    createServer(async (request, response) => {
        const id = request.headers['mcp-session-id'];
        if (new URL(request.url, 'http://localhost').pathname !== '/mcp' || (id !== undefined && !sessions.has(id))) {
            response.writeHead(404).end();
            return;
        }
        await (sessions.get(id) ?? (await newSession(newServer, Transport))).handleRequest(request, response);
    }).listen(port, '127.0.0.1');
}
