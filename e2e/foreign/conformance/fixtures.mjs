// What the suite's scenarios of both revisions ask for, and what is the same whichever SDK serves it.
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const text = (words) => ({ type: 'text', text: words });
export const said = (...content) => ({ content });
export const user = (content) => ({ role: 'user', content });

const image = { type: 'image', data: PNG, mimeType: 'image/png' };
const embedded = (uri, words, mimeType = 'text/plain') => ({ type: 'resource', resource: { uri, mimeType, text: words } });

/** Tools without arguments whose answer is always the same: name, description, answer. */
export const simpleTools = [
    ['test_simple_text', 'Returns one text.', said(text('This is a simple text response for testing.'))],
    ['test_image_content', 'Returns one image.', said(image)],
    ['test_audio_content', 'Returns one sound.', said({ type: 'audio', data: WAV, mimeType: 'audio/wav' })],
    ['test_embedded_resource', 'Returns one resource.',
        said(embedded('test://embedded-resource', 'This is an embedded resource content.'))],
    ['test_multiple_content_types', 'Returns a text, an image and a resource.', said(
        text('Multiple content types test:'),
        image,
        embedded('test://mixed-content-resource', JSON.stringify({ test: 'data', value: 123 }), 'application/json'),
    )],
    ['test_error_handling', 'Always fails.',
        { ...said(text('This tool intentionally returns an error for testing')), isError: true }],
];

/** The prompts: name, description, names of the arguments, messages. */
export const prompts = [
    ['test_simple_prompt', 'One text.', [], () => [user(text('This is a simple prompt for testing.'))]],
    ['test_prompt_with_arguments', 'A text with two arguments.', ['arg1', 'arg2'],
        ({ arg1, arg2 }) => [user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))]],
    ['test_prompt_with_embedded_resource', 'A text and a resource.', ['resourceUri'], ({ resourceUri }) => [
        user(embedded(resourceUri, 'Embedded resource content for testing.')),
        user(text('Please process the embedded resource above.')),
    ]],
    ['test_prompt_with_image', 'A text and an image.', [], () => [user(image), user(text('Please analyze the image above.'))]],
];

/** The contents of each resource. */
export const resources = {
    'test://static-text': { mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
    'test://static-binary': { mimeType: 'image/png', blob: PNG },
    'test://watched-resource': { mimeType: 'text/plain', text: 'Something to watch.' },
};
export const nameOf = (uri) => uri.slice('test://'.length);

export const template = {
    uriTemplate: 'test://template/{id}/data',
    name: 'template',
    description: 'Data of one id',
    mimeType: 'application/json',
};
export const templateContents = (uri, id) => ({
    uri,
    mimeType: template.mimeType,
    text: JSON.stringify({ id, templateTest: true, data: 'Data for ID: ' + id }),
});

export const completions = ['test one', 'test two'];

const string = { type: 'string' };
const needs = (...names) => ({ required: names });

/** Has keywords of JSON Schema 2020-12 that an SDK or a gateway may lose. */
export const schema202012 = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: { address: { $anchor: 'addressDef', type: 'object', properties: { street: string, city: string } } },
    properties: { name: string, address: { $ref: '#/$defs/address' }, phone: string, email: string },
    allOf: [{ anyOf: [needs('phone'), needs('email')] }],
    if: needs('address'),
    then: needs('phone'),
    else: needs('email'),
    additionalProperties: false,
};
