package io.mcpgateway.controller.urls.recipes;

import java.util.Collection;
import java.util.SequencedMap;
import java.util.function.Function;

/** A client, and how it is told about URLs: by commands, or by what is put where. docs/clients.md says more. */
public enum Client {
    CLAUDE_CODE(
            "claude-code",
            "run these commands; with --scope user, they are for all your projects",
            urls -> Snippets.commands("claude mcp add --transport http %s %s", urls)),
    CLAUDE_DESKTOP(
            "claude-desktop",
            "put this into claude_desktop_config.json (needs Node.js); an https URL that the internet can reach can be"
                    + " entered in Settings > Connectors > Add custom connector instead",
            Snippets::bridges),
    VSCODE(
            "vscode",
            "put this into .vscode/mcp.json, or into the file of the command 'MCP: Open User Configuration'",
            Snippets::servers),
    CURSOR("cursor", "put this into .cursor/mcp.json of a project, or into ~/.cursor/mcp.json", Snippets::untyped),
    CHATGPT(
            "chatgpt",
            "with developer mode, add a custom MCP server for each line (name and URL); ChatGPT needs an https URL that"
                    + " the internet can reach",
            Snippets::lines),
    CODEX("codex", "put this into ~/.codex/config.toml", Snippets::toml),
    INSPECTOR(
            "inspector",
            "run these commands (Node.js 22.7 or later); each lists the tools at a URL",
            urls -> Snippets.commands(
                    "npx @modelcontextprotocol/inspector --cli %2$s --transport http --method tools/list", urls));

    private final String word;
    private final String use;
    private final Function<SequencedMap<String, String>, String> text;

    Client(String word, String use, Function<SequencedMap<String, String>, String> text) {
        this.word = word;
        this.use = use;
        this.text = text;
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
        return text.apply(ClientNames.of(rows));
    }
}
