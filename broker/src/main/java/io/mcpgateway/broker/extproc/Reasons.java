package io.mcpgateway.broker.extproc;

import java.util.List;

/**
 * Why a request was answered here, as {@code mcp_gateway_<reason>} in Envoy's response details (access log
 * {@code %RESPONSE_CODE_DETAILS%}).
 */
final class Reasons {
    static final String BODY_TOO_LARGE = "body_too_large";
    static final String BAD_HEAD = "bad_head";
    static final String BODY_CUT = "body_cut";
    static final String INTERNAL_ERROR = "internal_error";
    static final String MESSAGE_ORDER = "message_order";
    static final String PROCESSING_MODE = "processing_mode";
    static final String TOO_MANY_PENDING = "too_many_pending";
    static final String TRAILERS = "trailers";

    /** Everything that keeps the router from a decision of its own. */
    static final List<String> OF_FAILURES = List.of(
            BODY_TOO_LARGE,
            BAD_HEAD,
            BODY_CUT,
            INTERNAL_ERROR,
            MESSAGE_ORDER,
            PROCESSING_MODE,
            TOO_MANY_PENDING,
            TRAILERS);

    private Reasons() {}

    static String ofStatus(int status) {
        return switch (status) {
            case 200, 202 -> "answered";
            case 400 -> "bad_request";
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 413 -> BODY_TOO_LARGE;
            case 502 -> "backend_failed";
            case 503 -> "unavailable";
            case 504 -> "backend_timeout";
            default -> "status_" + status;
        };
    }
}
