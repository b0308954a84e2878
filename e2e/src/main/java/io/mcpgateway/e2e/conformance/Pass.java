package io.mcpgateway.e2e.conformance;

import java.util.List;
import java.util.Locale;

/** One run of the suite. */
enum Pass {
    /** Without a gateway, to show that the server itself conforms. */
    DIRECT(TestServer.TYPESCRIPT, Way.DIRECT, ""),
    /** Through the built-in gateway, without a prefix. */
    BUILTIN(TestServer.TYPESCRIPT, Way.BUILT_IN, ""),
    /** Through Envoy, without a prefix. */
    UNPREFIXED(TestServer.TYPESCRIPT, Way.ENVOY, ""),
    /** Through Envoy with a prefix, which a shim adds and removes for the suite. */
    PREFIXED(TestServer.TYPESCRIPT, Way.ENVOY, "conf_"),
    /** The server has a prefix, but the suite is at the server's own URL, where names are original, so there is no shim. */
    SERVER_URL_BUILTIN(TestServer.TYPESCRIPT, Way.BUILT_IN, "conf_", Place.SERVER),
    SERVER_URL(TestServer.TYPESCRIPT, Way.ENVOY, "conf_", Place.SERVER),
    /** The same at the URL of a virtual server with everything of the server, by original names. */
    VIRTUAL_URL_BUILTIN(TestServer.TYPESCRIPT, Way.BUILT_IN, "conf_", Place.VIRTUAL_SERVER),
    VIRTUAL_URL(TestServer.TYPESCRIPT, Way.ENVOY, "conf_", Place.VIRTUAL_SERVER),
    /** Like UNPREFIXED, but the server sends its requests on its session's own stream; only scenarios with requests. */
    STREAM(TestServer.TYPESCRIPT_ON_STREAM, Way.ENVOY, ""),
    GO_DIRECT(TestServer.GO, Way.DIRECT, ""),
    GO_BUILTIN(TestServer.GO, Way.BUILT_IN, ""),
    GO_UNPREFIXED(TestServer.GO, Way.ENVOY, ""),
    GO_PREFIXED(TestServer.GO, Way.ENVOY, "conf_"),
    /** The suite is the server, and tests the requests of the broker and calls through it. */
    CLIENT(TestServer.SUITE, Way.BUILT_IN, ""),

    /** The same for revision 2026-07-28. */
    MODERN_DIRECT(TestServer.TYPESCRIPT_MODERN, Way.DIRECT, ""),
    MODERN_BUILTIN(TestServer.TYPESCRIPT_MODERN, Way.BUILT_IN, ""),
    MODERN_UNPREFIXED(TestServer.TYPESCRIPT_MODERN, Way.ENVOY, ""),
    MODERN_PREFIXED(TestServer.TYPESCRIPT_MODERN, Way.ENVOY, "conf_"),
    MODERN_SERVER_URL_BUILTIN(TestServer.TYPESCRIPT_MODERN, Way.BUILT_IN, "conf_", Place.SERVER),
    MODERN_SERVER_URL(TestServer.TYPESCRIPT_MODERN, Way.ENVOY, "conf_", Place.SERVER),
    MODERN_VIRTUAL_URL_BUILTIN(TestServer.TYPESCRIPT_MODERN, Way.BUILT_IN, "conf_", Place.VIRTUAL_SERVER),
    MODERN_VIRTUAL_URL(TestServer.TYPESCRIPT_MODERN, Way.ENVOY, "conf_", Place.VIRTUAL_SERVER),
    MODERN_GO_DIRECT(TestServer.GO_STATELESS, Way.DIRECT, ""),
    MODERN_GO_BUILTIN(TestServer.GO_STATELESS, Way.BUILT_IN, ""),
    MODERN_GO_UNPREFIXED(TestServer.GO_STATELESS, Way.ENVOY, ""),
    MODERN_GO_PREFIXED(TestServer.GO_STATELESS, Way.ENVOY, "conf_"),
    MODERN_CLIENT(TestServer.SUITE_MODERN, Way.BUILT_IN, ""),

    /** The scenarios of the extension for tasks. */
    TASKS_DIRECT(TestServer.TASKS, Way.DIRECT, ""),
    TASKS_BUILTIN(TestServer.TASKS, Way.BUILT_IN, ""),
    TASKS_UNPREFIXED(TestServer.TASKS, Way.ENVOY, ""),
    TASKS_PREFIXED(TestServer.TASKS, Way.ENVOY, "conf_");

    /** How the suite reaches the server. */
    enum Way {
        DIRECT,
        BUILT_IN,
        ENVOY
    }

    /** The URL of the gateway that the suite is told. */
    enum Place {
        EVERYTHING("/mcp"),
        SERVER("/mcp/servers/conformance/server"),
        VIRTUAL_SERVER("/mcp/conformance/all");

        private final String path;

        Place(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    /** The server that the suite tests. */
    enum TestServer {
        /** e2e/foreign/conformance/server.mjs, on the TypeScript SDK 1.x. */
        TYPESCRIPT(Suite.LEGACY),
        /** The same; it sends its requests to the client on the session's own stream. */
        TYPESCRIPT_ON_STREAM(Suite.LEGACY),
        /** The Go SDK's own server for this suite, with sessions. */
        GO(Suite.LEGACY),
        /** e2e/foreign/conformance/modern.mjs, on the TypeScript SDK 2.x, which serves both eras. */
        TYPESCRIPT_MODERN(Suite.MODERN),
        /** The Go SDK's own server without sessions, which serves both eras. */
        GO_STATELESS(Suite.MODERN),
        /** e2e/foreign/conformance/tasks.mjs, which has tasks and nothing else. */
        TASKS(Suite.MODERN),
        /** The suite's own server. */
        SUITE(Suite.LEGACY),
        SUITE_MODERN(Suite.MODERN);

        private final String revision;

        TestServer(String revision) {
            this.revision = revision;
        }

        boolean isGo() {
            return this == GO || this == GO_STATELESS;
        }

        boolean isSuite() {
            return this == SUITE || this == SUITE_MODERN;
        }
    }

    private static final List<String> ASKING = List.of(
            "tools-call-sampling",
            "tools-call-elicitation",
            "elicitation-sep1034-defaults",
            "elicitation-sep1330-enums");

    /** The client scenarios of 2025-11-25 that need neither a login server nor a user. */
    private static final List<String> OF_CLIENTS = List.of("initialize", "tools_call", "sse-retry");

    /** The client scenarios of 2026-07-28 that need no login server. */
    private static final List<String> OF_MODERN_CLIENTS = List.of(
            "tools_call",
            "request-metadata",
            "http-standard-headers",
            "http-custom-headers",
            "http-invalid-tool-headers",
            "json-schema-ref-no-deref",
            "sep-2322-client-request-state");

    /** Scenarios of an extension that only one of the servers has. */
    private static final String OF_TASKS = "tasks-";

    /** The suite checks nothing in it yet. */
    private static final String WITHOUT_CHECKS = "tasks-status-notifications";

    private final TestServer server;
    private final Way way;
    private final String prefix;
    private final Place place;

    Pass(TestServer server, Way way, String prefix) {
        this(server, way, prefix, Place.EVERYTHING);
    }

    Pass(TestServer server, Way way, String prefix, Place place) {
        this.server = server;
        this.way = way;
        this.prefix = prefix;
        this.place = place;
    }

    TestServer server() {
        return server;
    }

    /** The revision of MCP that the suite requires in this run. */
    String revision() {
        return server.revision;
    }

    Way way() {
        return way;
    }

    /** Of the server's names at {@code /mcp}. */
    String prefix() {
        return prefix;
    }

    Place place() {
        return place;
    }

    /** Of the names that the suite sees. */
    String visiblePrefix() {
        return place == Place.EVERYTHING ? prefix : "";
    }

    /** Its name in {@code PASS} and in the list of expected failures. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The suite's server scenarios of this run, or the client scenarios in the runs that test the client. */
    List<String> among(List<String> scenarios) {
        return switch (server) {
            case TYPESCRIPT, GO -> scenarios;
            case TYPESCRIPT_MODERN, GO_STATELESS ->
                scenarios.stream().filter(name -> !name.startsWith(OF_TASKS)).toList();
            case TASKS ->
                scenarios.stream()
                        .filter(name -> name.startsWith(OF_TASKS) && !name.equals(WITHOUT_CHECKS))
                        .toList();
            case TYPESCRIPT_ON_STREAM ->
                scenarios.stream().filter(ASKING::contains).toList();
            case SUITE -> OF_CLIENTS;
            case SUITE_MODERN -> OF_MODERN_CLIENTS;
        };
    }

    static Pass ofLabel(String label) {
        return valueOf(label.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
