package io.mcpgateway.broker.session;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the client declared at initialize that a server may ask of it. */
public record ClientFeatures(boolean elicitation, boolean sampling, boolean roots) {
    public static final ClientFeatures NONE = new ClientFeatures(false, false, false);

    /** The names of the capabilities, separated by commas; empty if there is none. */
    public String names() {
        return Stream.of(elicitation ? "elicitation" : "", sampling ? "sampling" : "", roots ? "roots" : "")
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(","));
    }

    /** Whether any server request can be answered by this client at all. */
    public boolean canBeAsked() {
        return elicitation || sampling || roots;
    }
}
