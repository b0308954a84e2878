// Prints the keys of everything that a server lists, as a client on the TypeScript SDK 1 reads it.
// Usage: node typescript1.cjs URL FOLDER, where FOLDER has the node_modules
const { createRequire } = require("node:module");
const sdk = createRequire(process.argv[3] + "/package.json");
const { Client } = sdk("@modelcontextprotocol/sdk/client/index.js");
const { StreamableHTTPClientTransport } = sdk("@modelcontextprotocol/sdk/client/streamableHttp.js");
require("./all.cjs")(Client, StreamableHTTPClientTransport);
