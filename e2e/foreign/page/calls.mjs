// Calls of tools from the status page: what is looked at in Chromium, and the server side of it, made up.
import assert from 'node:assert/strict';

const SCHEMA = {type: 'object', required: ['place', 'days'], properties: {
  place: {type: 'string', description: 'A town'}, days: {type: 'integer'}, unit: {enum: ['C', 'F']}, detailed: {type: 'boolean'},
  area: {type: 'object', description: 'Corners of a map'}, ['__proto__']: {type: 'number'}}};
export const TOOLS = {
  weather_now: {name: 'weather_now', inputSchema: SCHEMA, annotations: {readOnlyHint: true}},
  weather_week: {name: 'weather_week', inputSchema: {type: 'object', oneOf: [{required: ['a']}, {required: ['b']}]}},
  tickets_find: {name: 'tickets_find', inputSchema: {type: 'object'}}};
const RESULTS = {
  weather_now: {content: [{type: 'text', text: '<b>21 °C</b>'}, {type: 'image', mimeType: 'image/png', data: 'AAAA'.repeat(100)},
    {type: 'resource_link', name: 'chart', uri: 'https://elsewhere.example/chart'}, {type: 'new-kind', x: 1}], structuredContent: {celsius: 21}},
  weather_week: {isError: true, content: [{type: 'text', text: 'no such place'}]}};

/** Answers as the built-in gateway does, and keeps what it was sent. */
export class Gateway {
  requests = [];
  hanging = null;

  async answer(request, response) {
    let body = '';
    for await (const piece of request) body += piece;
    const message = body ? JSON.parse(body) : {};
    this.requests.push({method: request.method, headers: request.headers, body, message});
    const reply = answer => response.setHeader('Content-Type', 'application/json').end(JSON.stringify({jsonrpc: '2.0', id: message.id, ...answer}));
    if (message.method === 'initialize') {
      response.setHeader('Mcp-Session-Id', 'session-1');
      return reply({result: {protocolVersion: '2025-11-25', capabilities: {}, serverInfo: {name: 'g', version: '1'}}});
    }
    if (message.method !== 'tools/call') return response.writeHead(request.method === 'DELETE' ? 200 : 202).end();
    if (message.params.name === 'tickets_find') {
      response.setHeader('Content-Type', 'text/event-stream');
      response.write('data: {"jsonrpc":"2.0","method":"notifications/progress","params":{}}\n\n');
      this.hanging = response;
      this.left = new Promise(done => response.on('close', done));
      return undefined;
    }
    if (message.params.name === 'weather_now') {
      response.setHeader('Content-Type', 'text/event-stream');
      response.write('event: message\r\ndata: {"jsonrpc":"2.0","id":"s1","method":"elicitation/create","params":{}}\r\n\r\n');
      return response.end(`data: {"jsonrpc":"2.0","id":2,\ndata: "result":${JSON.stringify(RESULTS.weather_now)}}\n\n`);
    }
    return RESULTS[message.params.name] ? reply({result: RESULTS[message.params.name]}) : reply({error: {code: -32602, message: 'unknown tool'}});
  }

  sent(method) {
    return this.requests.filter(one => one.message.method === method);
  }
}

const state = (page, words) => page.locator('#call-state', {hasText: words}).waitFor({timeout: 5000});

/** The checks; what they are given is of check.mjs. */
export async function checkCalls({check, open, change, serve, gateway, axe, sizes, screenshot}) {
  await check('without the built-in gateway no tool can be called', {}, async page => {
    serve(undefined);
    await open(page);
    assert.equal(await page.locator('#tools button').count(), 0);
  });

  await check('a call by keyboard alone, from the form to every kind of content', {}, async page => {
    serve({login: false});
    await open(page);
    const button = page.getByRole('button', {name: 'Call weather_now'});
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByText('it only reads').waitFor();
    assert.equal(await page.locator('#call-login').isVisible(), false);
    await page.getByLabel('place (required)').focus();
    await page.keyboard.type('Köln');
    await page.keyboard.press('Enter');
    await state(page, 'days is required');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-invalid')), 'true');
    await page.keyboard.type('three');
    await page.keyboard.press('Enter');
    await state(page, 'days is not a whole number');
    await page.getByLabel('days').fill('12345678901234567890');
    await page.getByLabel('unit').selectOption('F');
    await page.getByLabel('area').fill('[1,');
    await page.keyboard.press('Enter');
    await page.locator('#call-go').press('Enter');
    await state(page, 'area is not JSON');
    await page.getByLabel('area').fill('{"n":1.0}');
    await page.locator('#call-go').press('Enter');
    await state(page, 'The tool answered in');
    assert.equal(gateway().sent('tools/call')[0].body, '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"weather_now",' +
      '"arguments":{"place":"Köln","days":12345678901234567890,"unit":"F","area":{"n":1.0}}}}');
    for (const words of ['<b>21 °C</b>', 'https://elsewhere.example/chart', '"celsius": 21', 'image/png, about 300 bytes', '"x": 1']) {
      assert.ok(await page.locator('#call-answer').getByText(words).count() > 0, `not shown: ${words}`);
    }
    assert.equal(await page.locator('#call-answer').locator('a, img, b').count(), 0);
    const [refusal] = gateway().requests.filter(one => one.message.id === 's1');
    assert.equal(refusal.message.error.code, -32601);
    // The button is another one by now: the lists are drawn again while the call is open.
    change(now => { now.servers[0].message = 'drawn again'; });
    await page.getByText('drawn again').waitFor({state: 'attached', timeout: 5000});
    await page.keyboard.press('Escape');
    // A dialog says that it is closed a moment later.
    await page.waitForFunction(() => document.activeElement.dataset.tool === 'weather_now', null, {timeout: 5000});
    const [, , , ...rest] = gateway().requests;
    assert.ok(rest.some(one => one.method === 'DELETE' && one.headers['mcp-session-id'] === 'session-1'), 'the session was not ended');
    for (const one of gateway().requests) {
      assert.equal(one.headers['sec-fetch-site'], 'same-origin');
      assert.equal(one.headers.authorization, undefined);
      assert.ok(one.method === 'DELETE' || one.headers['content-type'] === 'application/json');
    }
  });

  await check('a schema that no form can show is written as JSON; isError is said', {}, async page => {
    serve({login: false});
    await open(page);
    await page.getByRole('button', {name: 'Call weather_week'}).click();
    await page.getByText('It may change or delete things there.').waitFor();
    assert.ok(await page.getByLabel('Write the arguments as JSON').isChecked());
    await page.getByLabel('Arguments, a JSON object').fill('[]');
    await page.locator('#call-go').click();
    await state(page, 'The text is not a JSON object');
    await page.getByLabel('Arguments, a JSON object').fill('{"a": 1.50}');
    await page.locator('#call-go').click();
    await state(page, 'isError is true');
    assert.ok(gateway().sent('tools/call')[0].body.includes('"arguments":{"a": 1.50}'));
  });

  await check('a call that hangs says what it hears, and can be stopped', {}, async page => {
    serve({login: false});
    await open(page);
    await page.getByRole('button', {name: 'Call tickets_find'}).click();
    await page.getByText('This tool names no arguments.').waitFor();
    await page.locator('#call-go').click();
    await state(page, '1 message so far, the last one notifications/progress');
    await page.getByRole('button', {name: 'Stop'}).press('Enter');
    await state(page, 'You stopped the call');
    await gateway().left;
    assert.equal(await page.evaluate(() => document.activeElement.id), 'call-go');
  });

  await check('a token is required where clients log in, and is kept nowhere', {}, async page => {
    serve({login: true});
    await open(page);
    await page.getByRole('button', {name: 'Call tickets_find'}).click();
    await page.getByText('This tool names no arguments.').waitFor();
    await page.locator('#call-go').click();
    await state(page, 'The token is required');
    assert.equal(gateway().requests.length, 0);
    await page.getByLabel(/^Token/).fill('t0ken-value');
    await page.locator('#call-go').click();
    await state(page, 'so far');
    assert.deepEqual([...new Set(gateway().requests.map(one => one.headers.authorization))], ['Bearer t0ken-value']);
    const kept = await page.evaluate(() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state]));
    assert.ok(!kept.includes('t0ken-value'), kept);
    await page.reload();
    await page.getByRole('button', {name: 'Call tickets_find'}).click();
    assert.equal(await page.getByLabel(/^Token/).inputValue(), '');
  });

  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark']) {
      await check(`axe: no violations in a call, ${colorScheme}, ${size}`, {viewport, colorScheme, bypassCSP: true}, async page => {
        serve({login: true});
        await open(page);
        await page.getByRole('button', {name: 'Call weather_now'}).click();
        await page.getByLabel('place (required)').fill('Köln');
        await page.getByLabel('days').fill('3');
        await page.getByLabel(/^Token/).fill('t');
        await page.locator('#call-go').click();
        await state(page, 'The tool answered in');
        await page.locator('summary').click();
        await page.evaluate(axe);
        const {violations} = await page.evaluate(() => window.axe.run(document));
        assert.deepEqual(violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).join(' ')}`), []);
        const wide = await page.evaluate(() => {
          const dialog = document.getElementById('call');
          return Math.max(document.documentElement.scrollWidth - document.documentElement.clientWidth, dialog.scrollWidth - dialog.clientWidth);
        });
        assert.equal(wide, 0, `the call scrolls sideways by ${wide} px`);
        await screenshot(page, `call-${size}-${colorScheme}`);
      });
    }
  }
}
