// What both TypeScript clients do.
const KINDS = [
  ["tools", "listTools", "name"],
  ["prompts", "listPrompts", "name"],
  ["resources", "listResources", "uri"],
  ["resourceTemplates", "listResourceTemplates", "uriTemplate"],
];

module.exports = async (Client, Transport) => {
  // What the SDKs tell beside is not for our reader.
  for (const level of ["debug", "info", "log", "warn"]) console[level] = () => {};
  const client = new Client({ name: "lists", version: "1" });
  await client.connect(new Transport(new URL(process.argv[2])));
  const lists = {};
  for (const [kind, method, key] of KINDS) {
    lists[kind] = [];
    let cursor;
    do {
      const page = await client[method](cursor === undefined ? undefined : { cursor });
      lists[kind].push(...page[kind].map((item) => item[key]));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
  process.stdout.write(JSON.stringify(lists) + "\n");
  await client.close();
};
