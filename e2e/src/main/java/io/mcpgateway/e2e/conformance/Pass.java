package io.mcpgateway.e2e.conformance;

import java.util.List;
import java.util.Locale;

/** One run of the suite. */
enum Pass {
    /** Without a gateway: shows that the backend itself conforms. */
    DIRECT("answer", ""),
    /** Through the gateway, names as the backend has them. */
    UNPREFIXED("answer", ""),
    /** Through the gateway with a prefix, which a shim puts on and takes off for the suite. */
    PREFIXED("answer", "conf_"),
    /** As UNPREFIXED, but the backend asks on its session's own stream: only scenarios in which it asks. */
    STREAM("stream", "");

    private static final List<String> ASKING = List.of(
            "tools-call-sampling",
            "tools-call-elicitation",
            "elicitation-sep1034-defaults",
            "elicitation-sep1330-enums");

    private final String questions;
    private final String prefix;

    Pass(String questions, String prefix) {
        this.questions = questions;
        this.prefix = prefix;
    }

    /** Where the backend puts its questions to the client. */
    String questions() {
        return questions;
    }

    String prefix() {
        return prefix;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean throughGateway() {
        return this != DIRECT;
    }

    /** Those of the suite's scenarios that this run has. */
    List<String> among(List<String> scenarios) {
        return this == STREAM ? scenarios.stream().filter(ASKING::contains).toList() : scenarios;
    }
}
