// Calls of tools from the page, by MCP 2025-11-25 at the page's own origin (ui/mcp). Nothing is kept: each call has a session of its
// own, and the token is only in its field. What servers say becomes text nodes, as in page.js.
'use strict';

const REVISION = '2025-11-25';
const MOST_ANSWER = 100000;
const METHOD_NOT_FOUND = -32601;

let tool = null;
let fields = [];
let running = null;

const login = () => Boolean(catalog.calls && catalog.calls.login);

function asJson(on) {
  byId('call-fields').hidden = on;
  byId('call-json-field').hidden = !on;
}

async function openCall(name) {
  const dialog = byId('call');
  tool = null;
  fields = [];
  byId('call-title').textContent = 'Call ' + name;
  byId('call-what').textContent = '';
  byId('call-fields').replaceChildren();
  byId('call-answer').replaceChildren();
  byId('call-go').disabled = true;
  tellCall('Loading …');
  dialog.dataset.tool = name;
  dialog.showModal();
  try {
    tool = await json('tool.json?name=' + encodeURIComponent(name));
  } catch (problem) {
    tellCall('The tool cannot be loaded: ' + problem.message);
    return;
  }
  if (!dialog.open || dialog.dataset.tool !== name) return;
  const hints = tool.annotations || {};
  byId('call-what').textContent = 'This really calls the tool at its server. ' + (hints.readOnlyHint === true
    ? 'The server says that it only reads.' : hints.destructiveHint === false ? 'It may change things there.' : 'It may change or delete things there.');
  byId('call-login').hidden = !login();
  const schema = tool.inputSchema;
  const properties = propertiesOf(schema);
  const required = list(schema && schema.required);
  fields = Object.entries(properties || {}).map(([key, value], number) => fieldFor(key, value, required.includes(key), number));
  byId('call-fields').append(...fields.map(field => field.line));
  if (fields.length === 0) byId('call-fields').append(element('p', 'soft', 'This tool names no arguments.'));
  byId('call-json').value = '{}';
  byId('call-as-json').checked = properties === null;
  byId('call-as-json').disabled = properties === null;
  asJson(properties === null);
  byId('call-go').disabled = false;
  tellCall('');
}

// The call: initialize, the call, and the end of the session.

function headers(session) {
  const all = {'Content-Type': 'application/json', Accept: 'application/json, text/event-stream'};
  if (session) Object.assign(all, {'Mcp-Session-Id': session, 'Mcp-Protocol-Version': REVISION});
  const token = byId('call-token').value.trim();
  if (token) all.Authorization = 'Bearer ' + token;
  return all;
}

function post(body, session, signal) {
  // The path is relative and redirects are refused, so a token or an argument goes nowhere else.
  return fetch('mcp', {method: 'POST', headers: headers(session), body, signal, credentials: 'same-origin', redirect: 'error', cache: 'no-store'});
}

async function refused(response) {
  const body = await response.text();
  let words = body;
  try {
    words = JSON.parse(body).error.message;
  } catch {
    // It is not JSON-RPC, so it is shown as it is.
  }
  return new Error(`HTTP ${response.status}: ${excerpt(words) || 'no text'}` + (response.status === 401 ? ' A token is needed.' : ''));
}

/** The response to a request: the JSON text of the message with this ID. */
async function answerTo(id, response, session, signal, notified) {
  if (!response.ok) throw await refused(response);
  if (!(response.headers.get('Content-Type') || '').startsWith('text/event-stream')) return response.text();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {done, value} = await reader.read();
    if (done) throw new Error('The stream ended without an answer');
    rest += value;
    const events = rest.split(/\r?\n\r?\n/);
    rest = events.pop();
    for (const event of events) {
      const data = event.split(/\r?\n/).filter(line => line.startsWith('data:')).map(line => line.slice(5).replace(/^ /, '')).join('\n');
      if (data === '') continue;
      const message = JSON.parse(data);
      if (message.id === id && message.method === undefined) {
        reader.cancel().catch(() => {});
        return data;
      }
      if (message.method !== undefined && message.id !== undefined) {
        const error = {code: METHOD_NOT_FOUND, message: 'the status page answers no requests of servers'};
        post(JSON.stringify({jsonrpc: '2.0', id: message.id, error}), session, signal).catch(() => {});
      }
      notified(text(message.method));
    }
  }
}

async function call(name, args, signal, notified) {
  const hello = {protocolVersion: REVISION, capabilities: {}, clientInfo: {name: 'mcp-gateway-status-page', version: '1'}};
  const opened = await post(JSON.stringify({jsonrpc: '2.0', id: 1, method: 'initialize', params: hello}), '', signal);
  const session = opened.headers.get('Mcp-Session-Id') || '';
  try {
    const greeting = JSON.parse(await answerTo(1, opened, session, signal, () => {}));
    if (greeting.error) throw new Error(`initialize was refused: ${excerpt(greeting.error.message)}`);
    await post(JSON.stringify({jsonrpc: '2.0', method: 'notifications/initialized'}), session, signal);
    const asked = `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":${JSON.stringify(name)},"arguments":${args}}}`;
    return await answerTo(2, await post(asked, session, signal), session, signal, notified);
  } finally {
    if (session) fetch('mcp', {method: 'DELETE', headers: headers(session), credentials: 'same-origin', redirect: 'error', keepalive: true}).catch(() => {});
  }
}

// The answer.

function block(title, words) {
  const box = element('div', 'part');
  const whole = text(words);
  const shownWords = whole.length > MOST_ANSWER ? whole.slice(0, MOST_ANSWER) + `… (${whole.length} characters)` : whole;
  const pre = element('pre', '', shownWords);
  // Long lines scroll, and the keyboard reaches them (WCAG 2.1.1).
  pre.tabIndex = 0;
  pre.setAttribute('role', 'region');
  pre.setAttribute('aria-label', title);
  box.append(element('h3', '', title), pre);
  return box;
}

const pretty = value => JSON.stringify(value, null, 2);

function contentPart(part) {
  const kind = text(part && part.type);
  if (kind === 'text') return block('text', part.text);
  if (kind === 'image' || kind === 'audio') {
    return block(kind, `${text(part.mimeType)}, about ${Math.floor(text(part.data).length * 3 / 4)} bytes, which this page does not load`);
  }
  if (kind === 'resource_link') return block('resource link', [part.name, part.uri, part.mimeType].filter(Boolean).map(text).join('\n'));
  if (kind === 'resource' && part.resource) {
    const {uri, mimeType, text: words, blob} = part.resource;
    const content = words === undefined ? `about ${Math.floor(text(blob).length * 3 / 4)} bytes, which this page does not load` : words;
    return block('embedded resource', [uri, mimeType, content].filter(Boolean).map(text).join('\n'));
  }
  return block(kind || 'content of no kind', pretty(part));
}

function showAnswer(raw, millis) {
  const message = JSON.parse(raw);
  const target = byId('call-answer');
  if (message.error) {
    tellCall(`Refused after ${millis} ms: error ${text(message.error.code)}`, 'bad');
    target.replaceChildren(block('error', message.error.message));
    if (message.error.data !== undefined) target.append(block('data of the error', pretty(message.error.data)));
  } else {
    const result = message.result || {};
    tellCall(result.isError === true ? `The tool failed after ${millis} ms (isError is true)` : `The tool answered in ${millis} ms`,
      result.isError === true ? 'bad' : 'good');
    target.replaceChildren(...list(result.content).map(contentPart));
    if (result.structuredContent !== undefined) target.append(block('structuredContent', pretty(result.structuredContent)));
    if (!target.hasChildNodes()) target.append(element('p', 'soft', 'The answer has no content.'));
  }
  const details = element('details');
  details.append(element('summary', '', 'The whole answer, as it came'), block('message', raw));
  target.append(details);
}

function tellCall(words, level) {
  byId('call-state').className = level || '';
  byId('call-state').textContent = words;
}

async function go() {
  let args;
  try {
    args = argumentsText();
    if (login()) {
      checked(byId('call-token'), 'The token', () => { if (!byId('call-token').value.trim()) throw new Error('is required: clients of this gateway log in'); });
    }
  } catch (problem) {
    tellCall(problem.message, 'bad');
    return;
  }
  const mine = new AbortController();
  running = mine;
  byId('call-go').disabled = true;
  byId('call-stop').hidden = false;
  byId('call-answer').replaceChildren();
  tellCall('Calling …');
  const begin = performance.now();
  let notifications = 0;
  try {
    const raw = await call(byId('call').dataset.tool, args, mine.signal, method => {
      notifications++;
      if (running === mine) tellCall(`Calling … ${plural(notifications, 'message')} so far, the last one ${excerpt(method)}`);
    });
    if (running === mine) showAnswer(raw, Math.round(performance.now() - begin));
  } catch (problem) {
    if (running === mine) tellCall(mine.signal.aborted ? 'You stopped the call' : text(problem.message), 'bad');
  } finally {
    if (running === mine) callEnded();
  }
}

function callEnded() {
  running = null;
  byId('call-go').disabled = tool === null;
  if (document.activeElement === byId('call-stop')) byId('call-go').focus();
  byId('call-stop').hidden = true;
}

byId('call-form').addEventListener('submit', event => {
  event.preventDefault();
  if (!running && tool) go();
});
byId('call-stop').addEventListener('click', () => running && running.abort());
byId('call-close').addEventListener('click', () => byId('call').close());
byId('call-as-json').addEventListener('change', event => {
  if (event.target.checked) {
    try {
      byId('call-json').value = pretty(JSON.parse(`{${fields.map(field => [field, field.json()]).filter(([, value]) => value !== '')
        .map(([field, value]) => JSON.stringify(field.name) + ':' + value).join(',')}}`));
    } catch {
      // What is wrong in the form is not taken over.
    }
  }
  asJson(event.target.checked);
});
byId('call').addEventListener('close', () => {
  if (running) running.abort();
  callEnded();
  byId('call-answer').replaceChildren();
  const button = [...byId('tools').querySelectorAll('button')].find(one => one.dataset.tool === byId('call').dataset.tool);
  (button || byId('words')).focus();
});
