package io.mcpgateway.e2e.servers;

/** The kinds of sample servers; on the command line, in lower case with dashes. */
public enum SampleKind {
    /** greet, time, slow, headers, add_tool; prompt greet; resource sample://notes, template sample://users/{name}. */
    SERVER1("/mcp"),
    /** hello_world, time, headers, auth1234, slow, set_time, pour_chocolate_into_mold. */
    SERVER2("/mcp"),
    /** hello_world, only with the right {@code Authorization} header. */
    API_KEY("/mcp"),
    /** hello_world at a path other than {@code /mcp}. */
    CUSTOM_PATH("/v1/special/mcp"),
    /** Answers initialize with an unknown protocol version. */
    BROKEN("/mcp"),
    /** Any number of tools, each with a schema of realistic size. */
    MANY_TOOLS("/mcp"),
    /** Not an MCP server: at any path, it returns the requested host and path and the size of the body. */
    ECHO("/");

    private final String path;

    SampleKind(String path) {
        this.path = path;
    }

    /** The path at which this kind serves. */
    public String path() {
        return path;
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
