package io.mcpgateway.broker.telemetry;

import java.util.Locale;

/** Why the router refused a request, as far as a label of a metric may say: a handful of kinds. */
public enum RefusalReason {
    /** The message, its headers or its version. */
    BAD_REQUEST,
    /** A credential, a token, an origin or a policy. */
    FORBIDDEN,
    /** A session that is unknown, over or somebody else's. */
    SESSION,
    /** The method, the media type or the size. */
    NOT_ACCEPTED,
    /** Too many calls at a time. */
    TOO_MANY,
    /** The server or the session store is away. */
    UNAVAILABLE,
    /** An error of MCP in a good answer: a name that the caller cannot use, wrong parameters. */
    MCP_ERROR,
    OTHER;

    /** The reason for an HTTP status. */
    public static RefusalReason of(int status) {
        return switch (status) {
            case 200 -> MCP_ERROR;
            case 400 -> BAD_REQUEST;
            case 401, 403 -> FORBIDDEN;
            case 404 -> SESSION;
            case 405, 406, 413, 415 -> NOT_ACCEPTED;
            case 429 -> TOO_MANY;
            case 502, 503, 504 -> UNAVAILABLE;
            default -> OTHER;
        };
    }

    /** As the label has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
