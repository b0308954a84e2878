package io.mcpgateway.broker.tracing;

/** What the gateway did with a message, in the words of the audit log. */
final class Decisions {
    static final String FORWARDED = "forwarded";
    static final String BRIDGED = "bridged";
    static final String ANSWERED = "answered";
    static final String REFUSED = "refused";
    static final String FAILED = "failed";

    private Decisions() {}
}
