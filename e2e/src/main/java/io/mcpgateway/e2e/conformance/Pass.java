package io.mcpgateway.e2e.conformance;

import java.util.List;
import java.util.Locale;

/** One run of the suite. */
enum Pass {
    /** Without a gateway: shows that the server itself conforms. */
    DIRECT(TestServer.TYPESCRIPT, Way.DIRECT, ""),
    /** Through the built-in gateway, names as the server has them. */
    BUILTIN(TestServer.TYPESCRIPT, Way.BUILT_IN, ""),
    /** Through Envoy, names as the server has them. */
    UNPREFIXED(TestServer.TYPESCRIPT, Way.ENVOY, ""),
    /** Through Envoy with a prefix, which a shim puts on and takes off for the suite. */
    PREFIXED(TestServer.TYPESCRIPT, Way.ENVOY, "conf_"),
    /** As UNPREFIXED, but the server asks on its session's own stream: only scenarios in which it asks. */
    STREAM(TestServer.TYPESCRIPT_ON_STREAM, Way.ENVOY, ""),
    GO_DIRECT(TestServer.GO, Way.DIRECT, ""),
    GO_BUILTIN(TestServer.GO, Way.BUILT_IN, ""),
    GO_UNPREFIXED(TestServer.GO, Way.ENVOY, ""),
    GO_PREFIXED(TestServer.GO, Way.ENVOY, "conf_"),
    /** The suite is the server, and what it hears of the broker and of calls through it is judged. */
    CLIENT(TestServer.SUITE, Way.BUILT_IN, "");

    /** How the suite comes to the server. */
    enum Way {
        DIRECT,
        BUILT_IN,
        ENVOY
    }

    /** What the suite talks to. */
    enum TestServer {
        /** e2e/foreign/conformance/server.mjs, on the TypeScript SDK. */
        TYPESCRIPT,
        /** The same; its questions to the client go to the session's own stream. */
        TYPESCRIPT_ON_STREAM,
        /** The Go SDK's own server for this suite. */
        GO,
        /** One that the suite starts. */
        SUITE
    }

    private static final List<String> ASKING = List.of(
            "tools-call-sampling",
            "tools-call-elicitation",
            "elicitation-sep1034-defaults",
            "elicitation-sep1330-enums");

    /** Of the client scenarios those that do not need a login server or somebody who answers questions. */
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

    /** As it is written in {@code PASS} and in the list of expected failures. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those of the suite's server scenarios that this run has; the client's own in the run that tests the client. */
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
