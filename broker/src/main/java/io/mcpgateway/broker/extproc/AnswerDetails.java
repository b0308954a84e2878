package io.mcpgateway.broker.extproc;

import com.google.protobuf.Value;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.mcpgateway.api.envoy.FilterChain;
import java.util.Set;

/** What Envoy says about a response besides its headers: most are from servers, some from Envoy itself. */
final class AnswerDetails {
    /** Of a server that began no answer in its time, by the request's limit, the route's, or a silent connection's. */
    private static final Set<String> TIMED_OUT = Set.of(
            "response_timeout",
            "upstream_response_timeout",
            "upstream_per_try_timeout",
            "upstream_max_stream_duration_reached",
            "max_duration_timeout",
            "stream_idle_timeout");

    private AnswerDetails() {}

    static boolean timedOut(ProcessingRequest message) {
        return message.getAttributesMap().values().stream()
                .map(attributes ->
                        attributes.getFieldsOrDefault(FilterChain.ANSWER_DETAILS, Value.getDefaultInstance()))
                .anyMatch(details -> TIMED_OUT.contains(details.getStringValue()));
    }
}
