package io.mcpgateway.broker.mcp;

/** A part of MCP that a server says it has (MCP 2025-11-25, Lifecycle, "Capability Negotiation"). */
public enum Capability {
    TOOLS("tools"),
    TOOLS_LIST_CHANGED("tools.listChanged"),
    PROMPTS("prompts"),
    PROMPTS_LIST_CHANGED("prompts.listChanged"),
    RESOURCES("resources"),
    RESOURCES_LIST_CHANGED("resources.listChanged"),
    RESOURCES_SUBSCRIBE("resources.subscribe"),
    COMPLETIONS("completions"),
    LOGGING("logging");

    private final String path;

    Capability(String path) {
        this.path = path;
    }

    /** Where it stands in {@code capabilities}: the name of an object, or of a member of it that is true. */
    public String path() {
        return path;
    }
}
