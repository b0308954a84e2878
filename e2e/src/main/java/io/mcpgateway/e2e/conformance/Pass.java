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
    /** Like UNPREFIXED, but the server sends its requests on its session's own stream; only scenarios with requests. */
    STREAM(TestServer.TYPESCRIPT_ON_STREAM, Way.ENVOY, ""),
    GO_DIRECT(TestServer.GO, Way.DIRECT, ""),
    GO_BUILTIN(TestServer.GO, Way.BUILT_IN, ""),
    GO_UNPREFIXED(TestServer.GO, Way.ENVOY, ""),
    GO_PREFIXED(TestServer.GO, Way.ENVOY, "conf_"),
    /** The suite is the server, and tests the requests of the broker and calls through it. */
    CLIENT(TestServer.SUITE, Way.BUILT_IN, "");

    /** How the suite reaches the server. */
    enum Way {
        DIRECT,
        BUILT_IN,
        ENVOY
    }

    /** The server that the suite tests. */
    enum TestServer {
        /** e2e/foreign/conformance/server.mjs, on the TypeScript SDK. */
        TYPESCRIPT,
        /** The same; it sends its requests to the client on the session's own stream. */
        TYPESCRIPT_ON_STREAM,
        /** The Go SDK's own server for this suite. */
        GO,
        /** The suite's own server. */
        SUITE
    }

    private static final List<String> ASKING = List.of(
            "tools-call-sampling",
            "tools-call-elicitation",
            "elicitation-sep1034-defaults",
            "elicitation-sep1330-enums");

    /** The client scenarios that need neither a login server nor a user. */
    private static final List<String> OF_CLIENTS = List.of("initialize", "tools_call", "sse-retry");

    private final TestServer server;
    private final Way way;
    private final String prefix;

    Pass(TestServer server, Way way, String prefix) {
        this.server = server;
        this.way = way;
        this.prefix = prefix;
    }

    TestServer server() {
        return server;
    }

    Way way() {
        return way;
    }

    String prefix() {
        return prefix;
    }

    /** Its name in {@code PASS} and in the list of expected failures. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The suite's server scenarios of this run, or the client scenarios in the run that tests the client. */
    List<String> among(List<String> scenarios) {
        return switch (server) {
            case TYPESCRIPT, GO -> scenarios;
            case TYPESCRIPT_ON_STREAM ->
                scenarios.stream().filter(ASKING::contains).toList();
            case SUITE -> OF_CLIENTS;
        };
    }

    static Pass ofLabel(String label) {
        return valueOf(label.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
