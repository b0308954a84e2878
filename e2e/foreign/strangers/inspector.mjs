// The MCP Inspector's command line as a client of the stranger's bench: each step is one run of it. What it is to do and what
// it prints is said in README.md.
//
// Usage: node inspector.mjs JOBS
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = join(process.env.STRANGERS_FOLDER, 'node_modules/@modelcontextprotocol/inspector/clients/cli/build/index.js');
const jobsFile = process.argv[2];
const { limitMillis, jobs } = JSON.parse(readFileSync(jobsFile, 'utf8'));

// It keeps a catalog and logins at home; this one is its own.
const home = join(dirname(jobsFile), 'inspector-home');
mkdirSync(home, { recursive: true });

const LISTS = {
    tools: ['tools/list', 'tools'],
    prompts: ['prompts/list', 'prompts'],
    resources: ['resources/list', 'resources'],
    templates: ['resources/templates/list', 'resourceTemplates'],
};
/** What the command line lacks: it hears nothing while a call runs, answers only the question for roots, and takes no call back. */
const LACKING = ['progress', 'logging', 'completion', 'form', 'url', 'sampling', 'sampling-tools', 'cancel', 'subscribe',
    'changed'];

/** The file with the server's entry, which is where roots and the era are set. */
function configOf(job) {
    const entry = {
        type: 'streamable-http',
        url: job.url,
        protocolEra: 'auto',
        roots: [{ uri: 'file:///stranger', name: 'stranger' }],
    };
    const file = join(home, job.server + '.json');
    writeFileSync(file, JSON.stringify({ mcpServers: { stranger: entry } }));
    return file;
}

function argumentsOf(step) {
    switch (step.do) {
        case 'initialize': return ['initialize'];
        case 'call': return ['tools/call', '--tool-name', step.name, '--tool-args-json', JSON.stringify(step.arguments ?? {})];
        case 'prompt': {
            const pairs = Object.entries(step.arguments ?? {}).map(([name, value]) => `${name}=${value}`);
            return ['prompts/get', '--prompt-name', step.name, ...(pairs.length > 0 ? ['--prompt-args', ...pairs] : [])];
        }
        case 'read': return ['resources/read', '--uri', step.uri];
    }
    const [method] = LISTS[step.do];
    return [method];
}

async function outcome(config, step) {
    if (LACKING.includes(step.scenario)) {
        return { notOffered: 'the Inspector\'s command line cannot do it' };
    }
    const options = ['--config', config, '--server', 'stranger', '--format', 'json', '--quiet', '--stored-auth-only'];
    const command = [program, ...options, '--method', ...argumentsOf(step)];
    const environment = { ...process.env, HOME: home, MCP_INSPECTOR_SECRET_STORE: 'memory' };
    try {
        const { stdout } = await run(process.execPath, command, {
            env: environment, timeout: limitMillis, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024,
        });
        const { result } = JSON.parse(stdout);
        switch (step.do) {
            case 'initialize': return { result: { version: result.protocolVersion, capabilities: result.capabilities } };
            case 'call': return { result: { answer: result, heard: {} } };
            case 'prompt':
            case 'read': return { result };
        }
        return { result: result[LISTS[step.do][1]] };
    } catch (error) {
        const why = error.killed ? `not finished within ${limitMillis} ms` : (error.stderr?.trim() || error.message);
        return { error: why.slice(0, 1000) };
    }
}

for (const job of jobs) {
    const config = configOf(job);
    for (const step of job.steps) {
        console.log(JSON.stringify({ server: job.server, scenario: step.scenario, ...(await outcome(config, step)) }));
    }
}
