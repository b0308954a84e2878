package io.mcpgateway.e2e.servers;

/** The kinds of sample servers, spelled on the command line in lower case with dashes. */
public enum SampleKind {
    /** greet, time, slow, headers, add_tool; prompt greet; resource sample://notes, template sample://users/{name}. */
    SERVER1("/mcp"),
    /** hello_world, time, headers, auth1234, slow, set_time, pour_chocolate_into_mold. */
    SERVER2("/mcp"),
    /** hello_world, for those who send the right {@code Authorization} header. */
    API_KEY("/mcp"),
    /** hello_world at another path than {@code /mcp}. */
    CUSTOM_PATH("/v1/special/mcp"),
    /** Answers initialize with a protocol version that nobody speaks. */
    BROKEN("/mcp"),
    /** As many tools as asked for, each with a schema of realistic size. */
    MANY_TOOLS("/mcp"),
    /** Knows nothing of MCP: says at any path which host and path it was asked for, and how much it was sent. */
    ECHO("/");

    private final String path;

    SampleKind(String path) {
        this.path = path;
    }

    /** Where this kind serves. */
    public String path() {
        return path;
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
