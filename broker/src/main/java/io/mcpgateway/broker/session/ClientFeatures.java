package io.mcpgateway.broker.session;

/** What the client declared at initialize that a server may ask of it. */
public record ClientFeatures(boolean elicitation, boolean sampling, boolean roots) {
    public static final ClientFeatures NONE = new ClientFeatures(false, false, false);

    /** Whether any server request can be answered by this client at all. */
    public boolean canBeAsked() {
        return elicitation || sampling || roots;
    }
}
