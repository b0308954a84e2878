// A server for the conformance suite's scenarios about tasks (SEP-2663, io.modelcontextprotocol/tasks), on Node.js alone: no
// SDK has servers for this extension. It speaks 2026-07-28, and of earlier revisions as much as it takes to list its tools.
//
// Usage: node tasks.mjs PORT
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const PREFIX = 'io.modelcontextprotocol/';
const TASKS = PREFIX + 'tasks';
const ENDED = ['completed', 'failed', 'cancelled'];
const ABOUT_TASKS = ['tasks/get', 'tasks/update', 'tasks/cancel'];
const METHODS = ['server/discover', 'tools/list', 'tools/call', 'subscriptions/listen', ...ABOUT_TASKS];

const tasks = new Map();
const listeners = new Set();

class Refused extends Error {
    constructor(status, code, message, data) {
        super(message);
        Object.assign(this, { status, error: { code, message, ...(data ? { data } : {}) } });
    }
}

const text = (words, isError) => ({
    resultType: 'complete', content: [{ type: 'text', text: words }], ...(isError ? { isError } : {}),
});
const form = (message, field) => ({
    method: 'elicitation/create',
    params: { mode: 'form', message, requestedSchema: { type: 'object', properties: { [field]: { type: 'string' } } } },
});
const needsTasks = () => new Refused(400, -32021, 'this needs tasks', { requiredCapabilities: { extensions: { [TASKS]: {} } } });

function shown(task) {
    const { id: taskId, status, createdAt, lastUpdatedAt } = task;
    const more = {
        completed: () => ({ result: task.result }),
        failed: () => ({ error: task.error }),
        input_required: () => ({ inputRequests: Object.fromEntries(task.open) }),
    }[status];
    return { taskId, status, createdAt, lastUpdatedAt, ttlMs: 600_000, pollIntervalMs: 100, ...more?.() };
}

function become(task, change) {
    if (ENDED.includes(task.status)) {
        return;
    }
    Object.assign(task, change, { lastUpdatedAt: new Date().toISOString() });
    for (const listener of listeners) {
        if (listener.ids.includes(task.id)) {
            listener.tell('notifications/tasks', shown(task));
        }
    }
}

/** A task with which something happens later. */
function begin(milliseconds, later) {
    const now = new Date().toISOString();
    const task = { id: randomUUID(), status: 'working', createdAt: now, lastUpdatedAt: now, open: new Map(), answers: {} };
    tasks.set(task.id, task);
    setTimeout(() => become(task, later(task)), milliseconds);
    return { resultType: 'task', ...shown(task) };
}

function ask(task, ...fields) {
    fields.forEach((field) => task.open.set(`${field}-${randomUUID()}`, form(`${field}?`, field)));
    return { status: 'input_required' };
}

const done = (result) => () => ({ status: 'completed', result });
/** By name: what the tool takes, whether it only runs as a task, and what it does. */
const TOOLS = {
    greet: { takes: { name: 'string' }, run: ({ name }) => text(`Hello, ${name}!`) },
    slow_compute: {
        takes: { seconds: 'number' },
        run: async ({ seconds = 0 }, { canFollow }) => {
            if (canFollow) {
                return begin(seconds * 1000, done(text('computed')));
            }
            await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
            return text('computed');
        },
    },
    failing_job: { taskOnly: true, run: () => begin(1000, done(text('it did not work', true))) },
    protocol_error_job: {
        taskOnly: true, run: () => begin(300, () => ({ status: 'failed', error: { code: -32603, message: 'it crashed' } })),
    },
    confirm_delete: { taskOnly: true, takes: { filename: 'string' }, run: () => begin(100, (task) => ask(task, 'sure')) },
    multi_input: { taskOnly: true, run: () => begin(100, (task) => ask(task, 'first', 'second')) },
    test_tool_with_task: {
        run: (_, { params, canFollow }) => {
            const name = params.inputResponses?.user_name;
            if (name === undefined) {
                return { resultType: 'input_required', requestState: 'asked', inputRequests: { user_name: form('Who?', 'name') } };
            }
            if (params.requestState !== 'asked' || !canFollow) {
                throw params.requestState === 'asked' ? needsTasks() : new Refused(200, -32602, 'not my requestState');
            }
            return begin(200, done(text(JSON.stringify(name))));
        },
    },
};

function call(params, canFollow) {
    const tool = TOOLS[params.name];
    if (tool === undefined) {
        throw new Refused(200, -32602, 'Unknown tool');
    }
    if (tool.taskOnly && !canFollow) {
        throw needsTasks();
    }
    return tool.run(params.arguments ?? {}, { params, canFollow });
}

function ofTask(method, params, canFollow) {
    if (!canFollow) {
        throw needsTasks();
    }
    const task = tasks.get(params.taskId);
    if (task === undefined) {
        throw new Refused(200, -32602, 'Task not found');
    }
    if (method === 'tasks/get') {
        return shown(task);
    }
    if (method === 'tasks/cancel') {
        become(task, { status: 'cancelled' });
        return {};
    }
    for (const [key, answer] of Object.entries(params.inputResponses ?? {})) {
        if (task.open.delete(key)) {
            task.answers[key] = answer;
        }
    }
    if (task.status === 'input_required' && task.open.size === 0) {
        become(task, { status: 'working' });
        setTimeout(() => become(task, done(text(JSON.stringify(task.answers)))()), 100);
    }
    return {};
}

function list() {
    return {
        ttlMs: 0, cacheScope: 'public',
        tools: Object.entries(TOOLS).map(([name, { takes = {} }]) => ({
            name,
            description: `The suite calls ${name}.`,
            inputSchema: {
                type: 'object', properties: Object.fromEntries(Object.entries(takes).map(([key, type]) => [key, { type }])),
            },
        })),
    };
}

function listen(id, params, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const ids = params.notifications?.taskIds ?? [];
    const tell = (method, about) => response.write('data: ' + JSON.stringify({
        jsonrpc: '2.0', method, params: { _meta: { [PREFIX + 'subscriptionId']: id }, ...about },
    }) + '\n\n');
    const listener = { ids, tell };
    listeners.add(listener);
    response.on('close', () => listeners.delete(listener));
    tell('notifications/subscriptions/acknowledged', { notifications: ids.length ? { taskIds: ids } : {} });
}

/** What a request of 2026-07-28 has to say in headers, too. */
function check({ method, params = {} }, headers) {
    if (!METHODS.includes(method)) {
        throw new Refused(404, -32601, 'Method not found');
    }
    const name = method === 'tools/call' ? params.name : params.taskId;
    if (headers['mcp-method'] !== method || (name !== undefined && headers['mcp-name'] !== name)) {
        throw new Refused(400, -32020, 'Header mismatch');
    }
}

async function answer(message, headers, response) {
    const { id, method, params = {} } = message;
    const capabilities = params._meta?.[PREFIX + 'clientCapabilities'];
    if (capabilities === undefined) {
        return method === 'initialize'
            ? { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'tasks', version: '1' } }
            : method === 'tools/list' ? { tools: list().tools } : {};
    }
    check(message, headers);
    const canFollow = capabilities.extensions?.[TASKS] !== undefined;
    switch (method) {
        case 'server/discover':
            return {
                ttlMs: 0, cacheScope: 'public', supportedVersions: ['2026-07-28'],
                capabilities: { tools: {}, extensions: { [TASKS]: {} } },
            };
        case 'tools/list':
            return list();
        case 'tools/call':
            return call(params, canFollow);
        case 'subscriptions/listen':
            if (params.notifications?.taskIds && !canFollow) {
                throw needsTasks();
            }
            return listen(id, params, response);
        default:
            return ofTask(method, params, canFollow);
    }
}

createServer(async (request, response) => {
    const send = (status, body) => {
        response.writeHead(status, { 'Content-Type': 'application/json' });
        response.end(body && JSON.stringify({ jsonrpc: '2.0', ...body }));
    };
    if (request.method !== 'POST') {
        return send(405);
    }
    const message = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString());
    if (message.id === undefined) {
        return send(202);
    }
    try {
        const result = await answer(message, request.headers, response);
        if (result !== undefined) {
            send(200, { id: message.id, result: { resultType: 'complete', ...result } });
        }
    } catch (problem) {
        if (!(problem instanceof Refused)) {
            throw problem;
        }
        send(problem.status, { id: message.id, error: problem.error });
    }
}).listen(Number(process.argv[2]), '127.0.0.1');
