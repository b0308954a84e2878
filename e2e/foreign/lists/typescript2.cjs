// Prints the keys of everything that a server lists, as a client on the TypeScript SDK 2 reads it.
// Usage: node typescript2.cjs URL FOLDER, where FOLDER has the node_modules
const { createRequire } = require("node:module");
const sdk = createRequire(process.argv[3] + "/package.json");
const { Client, StreamableHTTPClientTransport } = sdk("@modelcontextprotocol/client");
require("./all.cjs")(Client, StreamableHTTPClientTransport);
