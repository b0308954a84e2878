package io.mcpgateway.controller.extension;

/**
 * What is removed when an extension is rejected. Fail closed: one that is not accepted serves nothing. The Deployment,
 * the Service and the keys always stay, so recovery is quick; they are deleted with the extension itself.
 */
public enum Withdrawal {
    /** Nothing: the objects of this name belong to another extension. */
    NOTHING,
    /**
     * The broker gets an empty configuration and our HTTPRoute is removed. The EnvoyFilter stays, because it also keeps
     * clients from calling the backends' hosts directly: a lost grant must not open them.
     */
    ENDPOINT,
    /** The EnvoyFilter as well: another extension has the port, and its filter guards the hosts there. */
    ENDPOINT_AND_FILTER
}
