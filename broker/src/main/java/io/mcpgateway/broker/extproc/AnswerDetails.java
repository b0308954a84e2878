package io.mcpgateway.broker.extproc;

import com.google.protobuf.Value;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.mcpgateway.api.envoy.FilterChain;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.answer.ServerAnswer;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.extproc.wire.EnvoyHeaders;
import io.mcpgateway.broker.router.CallMetadata;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Envoy says about a response besides its headers: most are from servers, some from Envoy itself. */
final class AnswerDetails {
    private static final Logger log = LoggerFactory.getLogger(AnswerDetails.class);

    /** Of a server that began no answer in its time, by the request's limit, the route's, or a silent connection's. */
    private static final Set<String> TIMED_OUT = Set.of(
            "response_timeout",
            "upstream_response_timeout",
            "upstream_per_try_timeout",
            "upstream_max_stream_duration_reached",
            "max_duration_timeout",
            "stream_idle_timeout");

    private AnswerDetails() {}

    /** What the response means. A bug here must not cost the client the response. */
    static ResponseDecision judge(
            RequestDispatcher dispatcher, CallMetadata call, ProcessingRequest message, EnvoyHeaders answer) {
        try {
            if (timedOut(message)) {
                return dispatcher.timedOut(call);
            }
            ServerAnswer head =
                    ServerAnswer.of(answer.status(), answer.headers().all(StandardHeaders.CONTENT_TYPE));
            return answer.headers().has(GatewayHeaders.NOT_AS_CALLER)
                    ? dispatcher.serverAnsweredNotAsCaller(call, head)
                    : dispatcher.serverAnswered(call, head);
        } catch (RuntimeException bug) {
            log.error("response could not be checked: call={}", call, bug);
            return ResponseDecision.PASS_ON;
        }
    }

    private static boolean timedOut(ProcessingRequest message) {
        return message.getAttributesMap().values().stream()
                .map(attributes ->
                        attributes.getFieldsOrDefault(FilterChain.ANSWER_DETAILS, Value.getDefaultInstance()))
                .anyMatch(details -> TIMED_OUT.contains(details.getStringValue()));
    }
}
