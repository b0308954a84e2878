package io.mcpgateway.broker.client;

import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The result of one request. */
public sealed interface McpOutcome {
    /** The server's {@code result}, byte for byte. */
    record Answer(RawJson result) implements McpOutcome {
        public Answer {
            Objects.requireNonNull(result, "result");
        }
    }

    /** Anything else than a result. */
    sealed interface Failure extends McpOutcome {
        /** What happened, in words for {@code /status} and logs: no address, no secret. */
        String message();

        /** The same as a code. */
        ReasonCode reason();
    }

    /** The server answered with a JSON-RPC error: it is alive. */
    record RpcError(int code, String text) implements Failure {
        private static final int MAX_TEXT = 200;

        public RpcError {
            text = printable(text);
        }

        @Override
        public String message() {
            return "the server answered error " + code + ": " + text;
        }

        /** Through bytes, because half a surrogate pair cannot be written into {@code /status}. */
        private static String printable(String text) {
            String writable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            return JsonText.excerpt(writable, MAX_TEXT);
        }

        @Override
        public ReasonCode reason() {
            return ReasonCode.SERVER_ERROR;
        }
    }

    /**
     * A status that is neither success nor one of the cases below.
     *
     * @param detail what else the response says about the reason, suitable for a message; empty if nothing
     * @param advice what to do about it; empty if nothing is known
     * @param challenged whether the answer says how to log in (RFC 9110, "WWW-Authenticate")
     */
    record HttpFailure(int status, String detail, String advice, boolean challenged) implements Failure {
        public HttpFailure {
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(advice, "advice");
        }

        public HttpFailure(int status, String detail, String advice) {
            this(status, detail, advice, false);
        }

        public HttpFailure(int status) {
            this(status, "", "");
        }

        /** Whether the server refused the credential. */
        public boolean refusedCredential() {
            return status == 401 || status == 403;
        }

        @Override
        public String message() {
            return (refusedCredential() ? "auth failed: " : "")
                    + "the server answered HTTP "
                    + status
                    + (detail.isEmpty() ? "" : ": " + detail)
                    + (advice.isEmpty() ? "" : "; " + advice);
        }

        @Override
        public ReasonCode reason() {
            if (refusedCredential()) {
                return ReasonCode.CREDENTIAL_REFUSED;
            }
            boolean elsewhere = (status >= 300 && status < 400) || status == 404 || status == 405;
            return elsewhere ? ReasonCode.WRONG_PATH : ReasonCode.SERVER_ERROR;
        }
    }

    /** 404 for a request that named a session (MCP 2025-11-25, "Session Management"): initialize again. */
    record SessionLost() implements Failure {
        @Override
        public String message() {
            return "the server no longer knows our session (HTTP 404)";
        }

        @Override
        public ReasonCode reason() {
            return ReasonCode.SERVER_ERROR;
        }
    }

    /** A bound was reached before the answer was there. */
    record Timeout(String message) implements Failure {
        public Timeout {
            Objects.requireNonNull(message, "message");
        }

        @Override
        public ReasonCode reason() {
            return ReasonCode.TIMED_OUT;
        }
    }

    /**
     * No connection, or it broke: {@code connection refused}, {@code unknown host}, ...
     *
     * @param inTls whether there was a connection, and TLS failed
     */
    record Unreachable(String message, boolean inTls) implements Failure {
        public Unreachable {
            Objects.requireNonNull(message, "message");
        }

        public Unreachable(String message) {
            this(message, false);
        }

        @Override
        public ReasonCode reason() {
            return inTls ? ReasonCode.TLS_FAILED : ReasonCode.UNREACHABLE;
        }
    }

    /** The server answered something that MCP does not allow or that we do not accept. */
    record ProtocolViolation(String message) implements Failure {
        public ProtocolViolation {
            Objects.requireNonNull(message, "message");
        }

        @Override
        public ReasonCode reason() {
            return ReasonCode.NOT_MCP;
        }
    }
}
