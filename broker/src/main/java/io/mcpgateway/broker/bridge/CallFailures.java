package io.mcpgateway.broker.bridge;

import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.call.CallOutcome;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client gets for a call that its server did not reply to: the same as for a call that goes straight to it. */
final class CallFailures {
    private static final Logger log = LoggerFactory.getLogger(CallFailures.class);

    private CallFailures() {}

    static HttpAnswer answer(ClientsCall call, CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Refused(int status, Optional<String> challenge) -> refused(call, status, challenge);
            case CallOutcome.Failed(McpOutcome.Failure failure) -> HttpAnswer.of(failed(call, failure));
            case CallOutcome.Replied _ ->
                throw new IllegalArgumentException("the server replied, so this is not a failure");
        };
    }

    private static HttpAnswer refused(ClientsCall call, int status, Optional<String> challenge) {
        boolean asCaller = challenge.isPresent() || call.server().authorization() instanceof CallAuthorization.Forward;
        if (status == 401 && !asCaller) {
            return HttpAnswer.of(Refusals.credentialRefused(
                    Optional.of(call.id()),
                    call.era(),
                    call.serverName(),
                    status,
                    call.server().authorization().mode()));
        }
        if (status == 401 || status == 403) {
            HttpAnswer answer = HttpAnswer.of(Refusals.serverFailed(
                    call.id(),
                    status,
                    "the call was refused with HTTP " + status + " by a policy on the way to server "
                            + call.serverName() + ", or by the server itself"));
            return challenge
                    .map(value -> answer.with("WWW-Authenticate", value))
                    .orElse(answer);
        }
        return HttpAnswer.of(withoutReply(call, status));
    }

    private static Refusal withoutReply(ClientsCall call, int status) {
        if (status >= 300 && status < 400) {
            return Refusals.redirected(Optional.of(call.id()), call.era(), call.serverName(), status);
        }
        return switch (status) {
            case 404, 405, 410 -> Refusals.noSuchPath(Optional.of(call.id()), call.era(), call.serverName(), status);
            default ->
                status < 300
                        ? Refusals.emptyAnswer(Optional.of(call.id()), call.era(), call.serverName(), status)
                        : Refusals.serverFailed(
                                call.id(),
                                status == 429 || status >= 500 ? status : 502,
                                "server " + call.serverName() + " answered HTTP " + status + " without a result");
        };
    }

    private static Refusal failed(ClientsCall call, McpOutcome.Failure failure) {
        return switch (failure) {
            case McpOutcome.Timeout _ ->
                Refusals.timedOut(
                        Optional.of(call.id()),
                        call.era(),
                        call.serverName(),
                        call.server().callTimeout());
            // The gateway's own address is behind "unreachable".
            case McpOutcome.Unreachable(String cause, boolean _) -> {
                log.warn("bridged call failed server={} cause={}", call.serverName(), cause);
                yield Refusals.serverFailed(
                        call.id(),
                        502,
                        "server " + call.serverName()
                                + " did not answer through the gateway; the call may have been executed");
            }
            case McpOutcome.Failure _ -> {
                log.info("bridged call failed server={} cause={}", call.serverName(), failure.message());
                yield Refusals.serverFailed(call.id(), 502, "server " + call.serverName() + ": " + failure.message());
            }
        };
    }
}
