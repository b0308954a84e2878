package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.SessionRefusals;
import io.mcpgateway.broker.session.SessionVerdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a request without a usable session as the router answers a call without one. */
final class BadSession {
    private static final Logger log = LoggerFactory.getLogger(BadSession.class);

    private BadSession() {}

    static HttpAnswer answer(JsonRpcId id, SessionVerdict verdict) {
        Refusal reject = SessionRefusals.ofInvalid(id, verdict);
        log.info("session refused verdict={} status={}", verdict.getClass().getSimpleName(), reject.status());
        return HttpAnswer.of(reject);
    }
}
