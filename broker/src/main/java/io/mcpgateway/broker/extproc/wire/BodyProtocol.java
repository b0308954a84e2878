package io.mcpgateway.broker.extproc.wire;

import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.BodySendMode;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProtocolConfiguration;

/** How the filter at the other end sends request bodies; its first message says so. */
public sealed interface BodyProtocol {
    /**
     * STREAMED with {@code send_body_without_waiting_for_header_response}: the body follows without a word from us,
     * and what the headers reply says still counts then. One trip.
     */
    record BodyComesUnasked() implements BodyProtocol {}

    /**
     * BUFFERED (also assumed of filters that do not say): the body comes after the headers reply, in one message, and
     * header changes in the body reply count. Two trips.
     */
    record BodyAfterHeadersReply() implements BodyProtocol {}

    /** Any other mode: a decision that depends on the body would be ignored, so nothing may be let through. */
    record Unsupported(String mode) implements BodyProtocol {
        public String problem() {
            return "ext_proc request_body_mode " + mode + " is not supported; use STREAMED with"
                    + " send_body_without_waiting_for_header_response, or BUFFERED";
        }
    }

    static BodyProtocol of(ProcessingRequest first) {
        if (!first.hasProtocolConfig()) {
            return new BodyAfterHeadersReply();
        }
        ProtocolConfiguration config = first.getProtocolConfig();
        BodySendMode mode = config.getRequestBodyMode();
        if (mode == BodySendMode.BUFFERED) {
            return new BodyAfterHeadersReply();
        }
        if (mode != BodySendMode.STREAMED) {
            return new Unsupported(mode.name());
        }
        return config.getSendBodyWithoutWaitingForHeaderResponse()
                ? new BodyComesUnasked()
                : new Unsupported("STREAMED without send_body_without_waiting_for_header_response");
    }
}
