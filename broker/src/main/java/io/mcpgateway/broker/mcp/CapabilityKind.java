package io.mcpgateway.broker.mcp;

/** The kinds of things that servers list and that the gateway serves in one list of each kind. */
public enum CapabilityKind {
    TOOL(McpMethod.TOOLS_LIST, "tools", "name", "tool"),
    PROMPT(McpMethod.PROMPTS_LIST, "prompts", "name", "prompt"),
    RESOURCE(McpMethod.RESOURCES_LIST, "resources", "uri", "resource"),
    RESOURCE_TEMPLATE(McpMethod.RESOURCE_TEMPLATES_LIST, "resourceTemplates", "uriTemplate", "resource template");

    private final McpMethod listMethod;
    private final String listMember;
    private final String keyMember;
    private final String noun;

    CapabilityKind(McpMethod listMethod, String listMember, String keyMember, String noun) {
        this.listMethod = listMethod;
        this.listMember = listMember;
        this.keyMember = keyMember;
        this.noun = noun;
    }

    public McpMethod listMethod() {
        return listMethod;
    }

    /** The array in a list's result. */
    public String listMember() {
        return listMember;
    }

    /** The member that identifies an item. */
    public String keyMember() {
        return keyMember;
    }

    /** What to call one of them in a sentence. */
    public String noun() {
        return noun;
    }

    /** What to call several of them. */
    public String plural() {
        return noun + "s";
    }

    /** Whether items get their server's prefix. URIs never do: contents refer to them. */
    public boolean prefixed() {
        return this == TOOL || this == PROMPT;
    }

    /** The capability that a server declares if it lists them. */
    public Capability capability() {
        return switch (this) {
            case TOOL -> Capability.TOOLS;
            case PROMPT -> Capability.PROMPTS;
            case RESOURCE, RESOURCE_TEMPLATE -> Capability.RESOURCES;
        };
    }

    /** What a server declares if it announces changes of its list. */
    public Capability announced() {
        return switch (this) {
            case TOOL -> Capability.TOOLS_LIST_CHANGED;
            case PROMPT -> Capability.PROMPTS_LIST_CHANGED;
            case RESOURCE, RESOURCE_TEMPLATE -> Capability.RESOURCES_LIST_CHANGED;
        };
    }

    /** The notification that announces a change of the list; both lists of resources share one. */
    public McpMethod changedMethod() {
        return switch (this) {
            case TOOL -> McpMethod.TOOLS_CHANGED;
            case PROMPT -> McpMethod.PROMPTS_CHANGED;
            case RESOURCE, RESOURCE_TEMPLATE -> McpMethod.RESOURCES_CHANGED;
        };
    }
}
