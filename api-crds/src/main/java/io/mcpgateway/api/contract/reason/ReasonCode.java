package io.mcpgateway.api.contract.reason;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a server, or something that it lists, is not served, or not as it should be. Their words are a contract: programs
 * compare them, so a word keeps its meaning, and new ones may come. What decides about serving names the reason.
 */
public enum ReasonCode {
    /** Its object says so. */
    DISABLED("Disabled", false),
    /** The broker has just learned of the server, and has not heard from it yet. */
    NOT_DISCOVERED_YET("NotDiscoveredYet", false),
    /** No connection to the server, or it broke. */
    UNREACHABLE("Unreachable", true),
    /** There is a connection to the server, but no TLS on it. */
    TLS_FAILED("TlsFailed", true),
    /** The server took too long. */
    TIMED_OUT("TimedOut", true),
    /** The server answered 401 or 403. */
    CREDENTIAL_REFUSED("CredentialRefused", true),
    /** The server has no MCP at this path: it answered with a redirect, 404 or 405. */
    WRONG_PATH("WrongPath", true),
    /** The server answered, but not MCP. */
    NOT_MCP("NotMcp", true),
    /** The server answered with an error. */
    SERVER_ERROR("ServerError", true),
    /** Another server has the name. */
    NAME_CONFLICT("NameConflict", false),
    /** The definition breaks the MCP specification. */
    INVALID_DEFINITION("InvalidDefinition", false),
    /** The server answers, and offers no tools. */
    NO_TOOLS("NoTools", false),
    /** The virtual server does not select it. */
    NOT_SELECTED("NotSelected", false),
    /** A virtual server names something that no server lists. */
    NOT_LISTED("NotListed", false),
    /** The caller's claims do not allow it. */
    NOT_AUTHORIZED("NotAuthorized", false),
    /** No MCP revision is allowed there that the gateway speaks. */
    REVISION_NOT_SERVED("RevisionNotServed", false),
    /** Its definition changed and was not approved. */
    QUARANTINED("Quarantined", false),
    /** There is nothing of that name. */
    UNKNOWN("Unknown", false);

    private final String word;
    private final boolean failure;

    ReasonCode(String word, boolean failure) {
        this.word = word;
        this.failure = failure;
    }

    /** The code in JSON. */
    public String word() {
        return word;
    }

    /** Whether it says what went wrong between the broker and the server. */
    public boolean isFailure() {
        return failure;
    }

    /** Empty for a code of a later version. */
    public static Optional<ReasonCode> parse(String word) {
        return Arrays.stream(values()).filter(code -> code.word.equals(word)).findFirst();
    }
}
