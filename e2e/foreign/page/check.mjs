// Looks at the status page with a real Chromium: node check.mjs PAGE_FOLDER NODE_MODULES CHROMIUM [SCREENSHOTS_FOLDER]
// The page's own files and policy are served by this program, with a status that is made up: hostile texts, 1,000 tools, and
// a server that goes away while the page is open. With PAGE_URL, the page of a running broker is looked at too.
import {createServer} from 'node:http';
import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import assert from 'node:assert/strict';
import {Gateway, TOOLS, checkCalls} from './calls.mjs';

const [pageFolder, modules, chromiumPath, screenshots] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'x.js'));
const {chromium} = require('playwright-core');
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

// The policy is read from the broker's source, so that it is said once.
const source = await readFile(path.join(pageFolder, '../../../../../../java/io/mcpgateway/broker/status/StatusPage.java'), 'utf8');
const policy = [...source.match(/POLICY = ([^]*?);\n/)[1].matchAll(/"([^"]*)"/g)].map(found => found[1]).join('');
assert.match(policy, /^default-src 'none'; script-src 'self'/);

const HOSTILE = ['<script>window.hacked=1</script>', '<img src=x onerror="window.hacked=1">', '"><svg onload=window.hacked=1>',
  'javascript:window.hacked=1', '</li></ul><iframe srcdoc="<script>parent.hacked=1</script>">', '{{constructor.constructor("window.hacked=1")()}}'];
let waiting = [];
let status;
let catalog;
let gateway = new Gateway();

function document_(hostile, tools) {
  const texts = hostile ? HOSTILE : [];
  return {
    status: {revision: 1, configHash: 'c0ffee0123456789', overallValid: false, totalServers: 4, healthyServers: 2, unHealthyServers: 1, toolConflicts: 1,
      servers: [
        {name: 'team/weather', id: 'w', ready: true, message: 'server added successfully: 3 tools', state: 'Enabled', totalTools: 3,
          protocolVersion: '2025-11-25', protocolVersions: ['2025-11-25', '2026-07-28'], lastValidated: '2026-12-01T02:30:00Z'},
        {name: 'team/tickets', id: 't', ready: true, message: 'server added successfully: 2 tools', state: 'Enabled', totalTools: 2,
          protocolVersions: ['2025-06-18'], lastValidated: '2026-12-01T02:30:00Z',
          mendedDefinitionList: [{kind: 'tool', name: 'tickets_find', changes: ['inputSchema.type: added "object"']}],
          toolPinning: {unapproved: [{name: 'tickets_close', state: 'changed', reason: 'quarantined'}]}},
        {name: 'team/search', id: 's', ready: false, message: 'connection refused', reason: 'Unreachable', state: 'Enabled', totalTools: 0,
          conflicts: [{kind: 'tool', name: 'weather_now', keptBy: 'team/weather'}],
          invalidToolList: [{name: 'broken', errors: ['inputSchema: must be an object']}]},
        {name: 'team/old', id: 'o', ready: false, message: 'disabled by its registration', state: 'Disabled'},
        ...texts.map(text => ({name: text, message: text, state: 'Enabled', ready: false, protocolVersions: [text], lastValidated: text,
          invalidToolList: [{name: text, errors: [text]}], conflicts: [{kind: text, name: text, keptBy: text}]})),
        ...(hostile ? [{}] : [])],
      virtualServers: [{name: 'team/office', tools: 2, prompts: 0, resources: 0, resourceTemplates: 0, unknownTools: ['tickets_open']},
        ...texts.map(text => ({name: text, unknownTools: [text], nameClashList: [{kind: 'tool', name: text, notes: [text]}]}))]},
    catalog: {revision: 1,
      tools: [...tools, ...texts.map(text => ({name: text, server: text, ownName: text + '!', title: text, description: text}))],
      virtualServers: [{name: 'team/office', urls: ['/mcp/team/office', 'office.example.com/mcp']}, ...texts.map(text => ({name: text, urls: [text]}))]}};
}

const FEW = [['weather_now', 'team/weather', 'The weather at a place now'], ['weather_week', 'team/weather', 'The forecast for seven days'],
  ['tickets_find', 'team/tickets', 'Finds tickets by words']].map(([name, server, description]) =>
  ({name, server, ownName: name.split('_')[1], description}));
const MANY = Array.from({length: 1000}, (_, number) => ({name: `tool_${number}`, server: 'team/weather', ownName: `tool_${number}`, description: 'x'.repeat(300)}));

function serve(documents) {
  ({status, catalog} = documents);
}

function change(edit) {
  edit(status);
  status.revision++;
  catalog.revision = status.revision;
  waiting.splice(0).forEach(answer => answer());
}

const TYPES = {'index.html': 'text/html; charset=utf-8', 'page.css': 'text/css; charset=utf-8', 'page.js': 'text/javascript; charset=utf-8', 'form.js': 'text/javascript; charset=utf-8', 'call.js': 'text/javascript; charset=utf-8'};
const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://page');
  const json = value => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
  response.setHeader('Content-Security-Policy', policy).setHeader('X-Content-Type-Options', 'nosniff');
  if (url.pathname === '/status') {
    const after = url.searchParams.get('after');
    if (after !== null && Number(after) >= status.revision) waiting.push(() => json(status));
    else json(status);
  } else if (url.pathname === '/ui/catalog.json') {
    json(catalog);
  } else if (url.pathname === '/ui/tool.json') {
    json(TOOLS[url.searchParams.get('name')]);
  } else if (url.pathname === '/ui/mcp') {
    await gateway.answer(request, response);
  } else {
    const name = url.pathname === '/ui/' ? 'index.html' : url.pathname.replace('/ui/', '');
    if (!TYPES[name]) return response.writeHead(404).end();
    response.setHeader('Content-Type', TYPES[name]).end(await readFile(path.join(pageFolder, name)));
  }
}).listen(0, '127.0.0.1');
await new Promise(done => server.once('listening', done));
const address = `http://127.0.0.1:${server.address().port}/ui/`;

const browser = await chromium.launch({executablePath: chromiumPath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage']});
let failed = 0;
async function check(name, options, run) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  const begin = Date.now();
  try {
    await run(page);
    console.log(`ok      ${name} (${Date.now() - begin} ms)`);
  } catch (problem) {
    failed++;
    console.log(`FAILED  ${name}: ${problem.message}`);
  }
  await context.close();
  waiting = [];
}

async function open(page) {
  await page.goto(address);
  await page.locator('#servers li').first().waitFor();
}

async function shoot(page, size, colorScheme) {
  await page.screenshot({path: path.join(screenshots, `status-page-${size}-${colorScheme}.png`)});
}

const SIZES = {desktop: {width: 1280, height: 900}, phone: {width: 360, height: 740}};
for (const colorScheme of ['light', 'dark']) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    // axe is put in by the browser's driver, which the page's own policy does not bind.
    await check(`axe: no violations, ${colorScheme}, ${size}`, {viewport, colorScheme, bypassCSP: true}, async page => {
      serve(document_(false, FEW));
      await open(page);
      await page.evaluate(axe);
      const {violations, passes} = await page.evaluate(() => window.axe.run(document));
      assert.ok(passes.length > 10, 'axe looked at too little');
      assert.deepEqual(violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).join(' ')}`), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `the page scrolls sideways by ${wide} px`);
      if (screenshots && !process.env.PAGE_URL) await shoot(page, size, colorScheme);
    });
  }
}

await check('hostile names and descriptions are text, under a policy that nothing breaks', {viewport: SIZES.phone}, async page => {
  const complaints = [];
  page.on('dialog', dialog => { complaints.push(dialog.message()); dialog.dismiss(); });
  page.on('pageerror', error => complaints.push(String(error)));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', event => {
    window.violations = (window.violations || 0) + 1;
  }));
  serve(document_(true, FEW));
  await open(page);
  for (const text of HOSTILE) assert.ok(await page.getByText(text, {exact: true}).count() > 0, `not shown as text: ${text}`);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.evaluate(() => window.violations), undefined);
  assert.equal(await page.locator('main img, main svg, main iframe, main script').count(), 0);
  assert.deepEqual(complaints, []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `the page scrolls sideways by ${wide} px`);
});

await check('the policy itself stops an inline script and HTML from text', {}, async page => {
  serve(document_(false, FEW));
  await open(page);
  const refused = await page.evaluate(() => {
    try { document.body.innerHTML = '<img src=x onerror="window.hacked=1">'; return false; } catch { return true; }
  });
  assert.ok(refused, 'innerHTML took a string');
});

await check('1,000 tools: a part is rendered, the rest is found', {}, async page => {
  serve(document_(false, MANY));
  await open(page);
  assert.ok(await page.locator('#tools li').count() <= 50);
  await page.locator('#tools-more').click();
  assert.equal(await page.locator('#tools li').count(), 100);
  await page.getByLabel('Search', {exact: true}).fill('tool_987');
  await page.getByRole('heading', {name: 'tool_987', exact: true}).waitFor();
  assert.equal(await page.locator('#tools li').count(), 1);
});

await check('a server that goes away is told without a reload, also to a screen reader', {}, async page => {
  serve(document_(false, FEW));
  await open(page);
  await page.locator('#live', {hasText: 'Live. 2 servers ready, 1 not ready'}).waitFor();
  change(now => { Object.assign(now.servers[0], {ready: false, message: 'connection reset'}); now.healthyServers = 1; now.unHealthyServers = 2; });
  await page.getByText('connection reset').waitFor({timeout: 5000});
  await page.locator('#live', {hasText: 'Live. 1 server ready, 2 not ready'}).waitFor({timeout: 5000});
  assert.equal(await page.locator('#live').getAttribute('aria-live'), 'polite');
});

await check('a hidden page asks for nothing', {}, async page => {
  serve(document_(false, FEW));
  await open(page);
  const hide = hidden => page.evaluate(value => {
    Object.defineProperty(document, 'hidden', {value, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await hide(true);
  let asked = 0;
  page.on('request', () => asked++);
  change(now => { now.servers[0].message = 'news'; });
  await new Promise(done => setTimeout(done, 500));
  assert.equal(asked, 0);
  await hide(false);
  await page.getByText('news', {exact: true}).waitFor({timeout: 5000});
});

await check('the keyboard reaches everything, and copying names the whole URL', {}, async page => {
  serve(document_(false, FEW));
  await open(page);
  const reached = [];
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute('aria-label') || document.activeElement.className));
  }
  for (const wanted of ['skip', 'words', 'show', 'base', 'Copy /mcp/team/office']) assert.ok(reached.includes(wanted), `${wanted} not in ${reached}`);
  await page.getByLabel(/Address of the gateway/).fill('https://mcp.example.com/');
  await page.getByRole('button', {name: 'Copy /mcp/team/office'}).press('Enter');
  await page.locator('#live', {hasText: 'https://mcp.example.com/mcp/team/office'}).waitFor({timeout: 5000});
});

await checkCalls({check, open, change, axe, sizes: SIZES, gateway: () => gateway,
  serve: calls => {
    serve(document_(false, FEW));
    catalog.calls = calls;
    gateway = new Gateway();
  },
  screenshot: (page, name) => screenshots && !process.env.PAGE_URL && page.screenshot({path: path.join(screenshots, name + '.png')})});

if (process.env.PAGE_URL) {
  // The page of a broker that runs, with its own headers.
  for (const [size, colorScheme] of [['desktop', 'light'], ['phone', 'dark']]) {
    await check(`a running broker's page, ${size}, ${colorScheme}`, {viewport: SIZES[size], colorScheme}, async page => {
      const complaints = [];
      page.on('pageerror', error => complaints.push(String(error)));
      await page.goto(process.env.PAGE_URL);
      await page.locator('#live', {hasText: 'Live.'}).waitFor();
      await page.locator('#servers h3').first().waitFor();
      if (screenshots) await shoot(page, size, colorScheme);
      assert.deepEqual(complaints, []);
    });
  }
  // The demo's sample server has this tool; behind Envoy there is no button.
  await check("a call of a running broker's tool", {viewport: {width: 1000, height: 760}}, async page => {
    await page.goto(process.env.PAGE_URL);
    await page.locator('#tools h3').first().waitFor();
    const button = page.getByRole('button', {name: 'Call server1_greet', exact: true});
    if (await button.count() === 0) return console.log('skipped there is no tool server1_greet that can be called');
    await button.click();
    await page.getByLabel('name (required)').fill('Ada');
    await page.locator('#call-go').click();
    await page.locator('#call-state', {hasText: 'The tool answered in'}).waitFor();
    await page.locator('#call-answer').getByText('Ada').first().waitFor();
    if (screenshots) await page.screenshot({path: path.join(screenshots, 'status-page-call.png')});
  });
}

await browser.close();
server.closeAllConnections();
server.close();
if (failed > 0) {
  console.error(`${failed} checks of the status page failed`);
  process.exit(1);
}
