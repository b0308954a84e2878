package io.mcpgateway.controller.urls.recipes;

import java.util.Collection;
import java.util.SequencedMap;

/** A client, and how it is told about URLs: by commands, or by what is put where. docs/clients.md says more. */
public enum Client {
    CLAUDE_CODE("claude-code", "run these commands; with --scope user, they are for all your projects"),
    CLAUDE_DESKTOP(
            "claude-desktop",
            "put this into claude_desktop_config.json (needs Node.js); an https URL that the internet can reach can be"
                    + " entered in Settings > Connectors > Add custom connector instead"),
    VSCODE("vscode", "put this into .vscode/mcp.json, or into the file of the command 'MCP: Open User Configuration'"),
    CURSOR("cursor", "put this into .cursor/mcp.json of a project, or into ~/.cursor/mcp.json"),
    CHATGPT(
            "chatgpt",
            "with developer mode, add a custom MCP server for each line (name and URL); ChatGPT needs an https URL that"
                    + " the internet can reach"),
    CODEX("codex", "put this into ~/.codex/config.toml"),
    INSPECTOR("inspector", "run these commands (Node.js 22.7 or later); each lists the tools at a URL");

    private final String word;
    private final String use;

    Client(String word, String use) {
        this.word = word;
        this.use = use;
    }

    /** As in a flag. */
    @Override
    public String toString() {
        return word;
    }

    /** What to do with the text. */
    public String use() {
        return use;
    }

    /** Commands, or a part of a file, for everything that has a URL. */
    public String text(Collection<ClientUrl> rows) {
        SequencedMap<String, String> urls = ClientNames.of(rows);
        return switch (this) {
            case CLAUDE_CODE -> Snippets.commands("claude mcp add --transport http %s %s", urls);
            case CLAUDE_DESKTOP -> Snippets.bridges(urls);
            case VSCODE -> Snippets.servers(urls);
            case CURSOR -> Snippets.untyped(urls);
            case CHATGPT -> Snippets.lines(urls);
            case CODEX -> Snippets.toml(urls);
            case INSPECTOR ->
                Snippets.commands(
                        "npx @modelcontextprotocol/inspector --cli %2$s --transport http --method tools/list", urls);
        };
    }
}
