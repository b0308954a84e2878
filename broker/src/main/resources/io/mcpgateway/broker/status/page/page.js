// The broker's status, live. Names and texts come from servers, so they only ever become text nodes; nothing is parsed as HTML.
'use strict';

const STEP = 50;
const WAIT = '25s';
const RETRY_MILLIS = 3000;
const MOST_TEXT = 1000;

const byId = id => document.getElementById(id);
const list = value => (Array.isArray(value) ? value : []);
const text = value => (value === undefined || value === null ? '' : String(value));

let status = null;
let catalog = {};
let catalogRevision = null;
let poll = null;
const shown = {servers: STEP, tools: STEP, views: STEP};

function element(name, className, content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (content !== undefined) made.textContent = text(content);
  return made;
}

function excerpt(value) {
  const whole = text(value);
  return whole.length > MOST_TEXT ? whole.slice(0, MOST_TEXT) + '…' : whole;
}

const plural = (count, one, many) => `${count} ${count === 1 ? one : many || one + 's'}`;

function time(instant) {
  const date = new Date(text(instant));
  return Number.isNaN(date.getTime()) ? text(instant) : date.toLocaleString();
}

// What the three lists show: rows of {name, level, state, where, lines, urls, callable}.

function serverRow(server) {
  const disabled = server.state === 'Disabled';
  const level = server.ready ? 'good' : disabled ? '' : server.connecting ? 'warn' : 'bad';
  const state = disabled ? 'disabled' : server.ready ? 'ready' : server.connecting ? 'connecting' : 'not ready';
  const lines = [excerpt(server.message)];
  const code = server.reason || server.reasonCode;
  if (code) lines.push('Reason: ' + excerpt(code));
  lines.push([plural(server.totalTools || 0, 'tool'), plural(server.totalPrompts || 0, 'prompt'),
    plural(server.totalResources || 0, 'resource'), plural(server.totalResourceTemplates || 0, 'template')].join(', '));
  const eras = list(server.protocolVersions).map(text);
  if (eras.length > 0) lines.push('MCP revisions: ' + eras.join(', '));
  const seen = server.lastSeen || server.lastValidated;
  lines.push(seen ? 'Last seen: ' + time(seen) : 'Not seen yet');
  if (server.credentialRefusedSince) lines.push('Credential refused since: ' + time(server.credentialRefusedSince));
  return {name: text(server.name), level, state, lines};
}

function problemRows(server) {
  const rows = [];
  const add = (items, state, level, why) => list(items).forEach(item => rows.push({
    name: text(item.name), level, state, where: text(item.kind || 'tool') + ' of ' + text(server.name), lines: why(item)}));
  add(server.conflicts, 'conflict: not served', 'bad', item => ['The name is taken by ' + text(item.keptBy)]);
  add(server.invalidToolList, 'invalid: not served', 'bad', item => list(item.errors).map(excerpt));
  add(server.invalidDefinitionList, 'invalid: not served', 'bad', item => list(item.errors).map(excerpt));
  const pinning = server.toolPinning || {};
  list(pinning.unapproved).forEach(item => rows.push({
    name: text(item.name), level: item.reason === 'quarantined' ? 'bad' : 'warn',
    state: item.reason === 'quarantined' ? 'quarantined: not served' : 'not approved',
    where: 'tool of ' + text(server.name), lines: [excerpt(item.state || 'changed') + ' since it was approved']}));
  add(server.mendedDefinitionList, 'served, mended', 'warn', item => list(item.changes).map(excerpt));
  add(server.doubtfulNameList, 'served, doubtful name', 'warn', item => list(item.warnings).map(excerpt));
  return rows;
}

function toolRow(tool) {
  const lines = [];
  if (tool.title) lines.push(excerpt(tool.title));
  if (tool.description) lines.push(excerpt(tool.description));
  if (tool.descriptionBytes) lines.push(`A description of ${tool.descriptionBytes} bytes; tools/list has it`);
  if (tool.ownName !== tool.name) lines.push('At its server: ' + text(tool.ownName));
  return {name: text(tool.name), level: 'good', state: 'served', where: 'tool of ' + text(tool.server), lines,
    callable: Boolean(catalog.calls)};
}

function viewRow(view) {
  const lines = [[plural(view.tools || 0, 'tool'), plural(view.prompts || 0, 'prompt'),
    plural(view.resources || 0, 'resource'), plural(view.resourceTemplates || 0, 'template')].join(', ')];
  const unknown = list(view.unknownTools);
  if (unknown.length > 0) {
    lines.push('Chosen, but not served: ' + excerpt(unknown.slice(0, STEP).map(text).join(', ')));
  }
  const unmatched = list(view.unmatched);
  if (unmatched.length > 0) lines.push('Matches nothing: ' + excerpt(unmatched.map(text).join(', ')));
  list(view.nameClashList).forEach(item => lines.push('Hidden or renamed: ' + text(item.name) + ': ' + list(item.notes).map(excerpt).join('; ')));
  list(view.doubtfulNameList).forEach(item => lines.push('Doubtful name: ' + text(item.name) + ': ' + list(item.warnings).map(excerpt).join('; ')));
  const urls = list((list(catalog.virtualServers).find(known => known.name === view.name) || {}).urls).map(text);
  const problem = lines.length > 1;
  return {name: text(view.name), level: problem ? 'warn' : 'good', state: problem ? 'with problems' : 'complete', lines, urls};
}

function matching(rows) {
  const words = byId('words').value.toLowerCase().split(/\s+/).filter(Boolean);
  const problems = byId('show').value === 'problems';
  return rows.filter(row => {
    const all = [row.name, row.state, row.where || '', ...row.lines, ...(row.urls || [])].join('\n').toLowerCase();
    return words.every(word => all.includes(word)) && !(problems && (row.level === 'good' || row.level === ''));
  });
}

function draw(id, rows) {
  const target = byId(id);
  // Where the keyboard is, so that a live update does not take it away.
  const {url, tool: name} = target.contains(document.activeElement) ? document.activeElement.dataset : {};
  const fragment = document.createDocumentFragment();
  rows.slice(0, shown[id]).forEach(row => {
    const item = element('li', row.level);
    const head = element('div', 'head');
    head.append(element('h3', '', row.name), element('span', 'state', row.state));
    if (row.where) head.append(element('span', 'soft', row.where));
    item.append(head);
    row.lines.filter(Boolean).forEach(line => item.append(element('p', 'soft', line)));
    (row.urls || []).forEach(one => item.append(urlLine(one)));
    if (row.callable) item.append(callButton(row.name));
    fragment.append(item);
  });
  if (rows.length === 0) fragment.append(element('li', '', 'Nothing to show'));
  target.replaceChildren(fragment);
  if (url || name) {
    const again = [...target.querySelectorAll('button')].find(button => button.dataset.url === url && button.dataset.tool === name);
    if (again) again.focus();
  }
  byId(id + '-more').hidden = rows.length <= shown[id];
}

function callButton(name) {
  const button = element('button', '', 'Call …');
  button.type = 'button';
  button.dataset.tool = name;
  button.setAttribute('aria-label', 'Call ' + name);
  button.addEventListener('click', () => openCall(name));
  return button;
}

function urlLine(url) {
  const line = element('div', 'url');
  const button = element('button', '', 'Copy');
  button.type = 'button';
  button.dataset.url = url;
  button.setAttribute('aria-label', 'Copy ' + url);
  button.addEventListener('click', () => copy(url));
  line.append(element('code', '', url), button);
  return line;
}

async function copy(url) {
  const base = byId('base').value.trim().replace(/\/+$/, '');
  const whole = url.startsWith('/') ? base + url : 'https://' + url;
  try {
    await navigator.clipboard.writeText(whole);
    say('Copied ' + whole);
  } catch {
    // Browsers give the clipboard to pages on HTTPS or on this machine only.
    say('This browser does not let the page copy. The URL is ' + whole);
  }
}

function say(words) {
  if (byId('live').textContent !== words) byId('live').textContent = words;
}

function overview() {
  const facts = [
    ['Servers ready', `${status.healthyServers || 0} of ${status.totalServers || 0}`],
    ['Servers not ready', status.unHealthyServers || 0],
    ['Tools served', list(catalog.tools).length],
    ['Tool conflicts', status.toolConflicts || 0],
    ['Virtual servers', list(status.virtualServers).length],
    ['Configuration', text(status.configHash).slice(0, 12) || 'none yet'],
    ['Revision', status.revision],
    ...(catalog.hostName ? [['Answered by', catalog.hostName]] : [])];
  byId('overview').replaceChildren(...facts.map(([name, value]) => {
    const pair = element('div');
    pair.append(element('dt', '', name), element('dd', '', value));
    return pair;
  }));
}

function render() {
  if (!status) return;
  const servers = list(status.servers);
  const rank = row => ['bad', 'warn', '', 'good'].indexOf(row.level);
  const first = rows => rows.sort((one, other) => rank(one) - rank(other));
  const rows = {
    servers: matching(first(servers.map(serverRow))),
    tools: matching(first(servers.flatMap(problemRows)).concat(list(catalog.tools).map(toolRow))),
    views: matching(first(list(status.virtualServers).map(viewRow)))};
  overview();
  Object.keys(rows).forEach(id => draw(id, rows[id]));
  const found = `Found ${plural(rows.servers.length, 'server')}, ${plural(rows.tools.length, 'definition')}, ` +
    plural(rows.views.length, 'virtual server');
  if (byId('found').textContent !== found) byId('found').textContent = found;
  byId('problem').hidden = !status.gatewayProblem;
  byId('problem').textContent = excerpt(status.gatewayProblem);
}

async function json(path, signal) {
  const response = await fetch(path, {signal, credentials: 'same-origin'});
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

async function follow(signal) {
  let after = '';
  while (!signal.aborted) {
    try {
      const next = await json('../status' + after, signal);
      if (catalogRevision !== next.revision) {
        catalog = await json('catalog.json', signal);
        catalogRevision = catalog.revision;
      }
      status = next;
      render();
      const ready = plural(status.healthyServers || 0, 'server') + ' ready';
      const notReady = status.unHealthyServers || 0;
      say(`Live. ${ready}, ${notReady} not ready. ` + (notReady > 0 ? 'See the servers below.' : 'All is well.'));
      after = `?after=${encodeURIComponent(status.revision)}&wait=${WAIT}`;
    } catch (problem) {
      if (signal.aborted) return;
      say('The broker does not answer; this is what it said last. Trying again.');
      after = '';
      await new Promise(done => setTimeout(done, RETRY_MILLIS));
    }
  }
}

function watch() {
  if (poll) poll.abort();
  poll = null;
  if (document.hidden) return;
  poll = new AbortController();
  follow(poll.signal);
}

let later = 0;
function filter() {
  clearTimeout(later);
  later = setTimeout(() => {
    Object.keys(shown).forEach(id => { shown[id] = STEP; });
    render();
  }, 100);
}

byId('filter').addEventListener('submit', event => event.preventDefault());
byId('words').addEventListener('input', filter);
byId('show').addEventListener('change', filter);
Object.keys(shown).forEach(id => byId(id + '-more').addEventListener('click', () => {
  shown[id] += STEP;
  render();
}));
document.addEventListener('visibilitychange', watch);
watch();
