// The form of a call: one field for each property of the tool's inputSchema. A field gives the JSON text of its value, so that numbers
// keep their digits; empty means that the argument is left out.
'use strict';

const typeOf = schema => (schema && typeof schema === 'object' && typeof schema.type === 'string' ? schema.type : '');

function propertiesOf(schema) {
  if (!schema || typeof schema !== 'object' || Array.isArray(schema)) return null;
  const beyond = ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'patternProperties'].some(word => word in schema);
  if (beyond || (schema.additionalProperties && typeof schema.additionalProperties === 'object')) return null;
  const properties = schema.properties === undefined ? {} : schema.properties;
  return properties && typeof properties === 'object' && !Array.isArray(properties) ? properties : null;
}

function choice(options) {
  const select = element('select');
  [['', '(left out)'], ...options].forEach(([value, label]) => {
    const option = element('option', '', label);
    option.value = value;
    select.append(option);
  });
  return {control: select, json: () => select.value};
}

function inputFor(schema) {
  const type = typeOf(schema);
  if (schema && Array.isArray(schema.enum)) {
    return choice(schema.enum.map(value => [JSON.stringify(value), typeof value === 'string' ? value : JSON.stringify(value)]));
  }
  if (type === 'boolean') return choice([['true', 'true'], ['false', 'false']]);
  if (type === 'string') {
    const input = element('input');
    return {control: input, json: () => (input.value === '' ? '' : JSON.stringify(input.value))};
  }
  if (type === 'integer' || type === 'number') {
    const input = element('input');
    input.inputMode = type === 'integer' ? 'numeric' : 'decimal';
    return {control: input, hint: type === 'integer' ? 'a whole number' : 'a number', json: () => {
      const typed = input.value.trim();
      const pattern = type === 'integer' ? /^-?(0|[1-9]\d*)$/ : /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;
      if (typed !== '' && !pattern.test(typed)) throw new Error(type === 'integer' ? 'is not a whole number' : 'is not a number');
      return typed;
    }};
  }
  const area = element('textarea');
  area.rows = 3;
  return {control: area, hint: 'as JSON', json: () => {
    const typed = area.value.trim();
    if (typed !== '') parsed(typed);
    return typed;
  }};
}

function parsed(typed) {
  try {
    return JSON.parse(typed);
  } catch (problem) {
    throw new Error('is not JSON: ' + problem.message);
  }
}

function fieldFor(name, schema, required, number) {
  const made = inputFor(schema);
  made.name = name;
  made.required = required;
  made.control.id = 'argument-' + number;
  made.control.autocomplete = 'off';
  made.control.spellcheck = false;
  if (required) made.control.setAttribute('aria-required', 'true');
  const line = element('div', 'field');
  const label = element('label', '', name + [required ? ' (required' : '', made.hint ? (required ? ', ' : ' (') + made.hint : '',
    required || made.hint ? ')' : ''].join(''));
  label.htmlFor = made.control.id;
  line.append(label, made.control);
  if (schema && schema.description) {
    const words = element('p', 'soft', excerpt(schema.description));
    words.id = made.control.id + '-words';
    made.control.setAttribute('aria-describedby', words.id);
    line.append(words);
  }
  made.line = line;
  return made;
}

/** The arguments as JSON text; says which field is wrong and moves there. */
function argumentsText() {
  if (byId('call-as-json').checked) {
    return checked(byId('call-json'), 'The text', () => {
      const typed = byId('call-json').value.trim() || '{}';
      const value = parsed(typed);
      if (!value || typeof value !== 'object' || Array.isArray(value)) throw new Error('is not a JSON object');
      return typed;
    });
  }
  return '{' + fields.map(field => {
    const json = checked(field.control, field.name, field.json);
    if (json === '' && field.required) checked(field.control, field.name, () => { throw new Error('is required'); });
    return json === '' ? '' : JSON.stringify(field.name) + ':' + json;
  }).filter(Boolean).join(',') + '}';
}

function checked(control, name, read) {
  try {
    const value = read();
    control.removeAttribute('aria-invalid');
    return value;
  } catch (problem) {
    control.setAttribute('aria-invalid', 'true');
    control.focus();
    throw new Error(`${name} ${problem.message}`);
  }
}
