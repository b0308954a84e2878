package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.call.CallOutcome;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.translation.InputRequired;
import io.mcpgateway.broker.translation.LegacyReply;
import io.mcpgateway.broker.translation.ServerAsk;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the end of a call at its server is for the client. */
final class LegacyAnswers {
    private LegacyAnswers() {}

    static HttpAnswer of(ParkedParts parts, ClientsCall call, ServerLeg.Ending ending) {
        return switch (ending) {
            case ServerLeg.Ending.NoSession(McpOutcome.Failure failure) -> {
                if (failure instanceof McpOutcome.RpcError) {
                    parts.doubted().accept(call.server().name());
                }
                yield Failures.notOpened(call, failure);
            }
            case ServerLeg.Ending.NoRoom(String message) -> Failures.tooMany(call.id(), message);
            case ServerLeg.Ending.Sent(CallOutcome outcome) -> of(parts, call, outcome);
        };
    }

    /** The questions of a call that waits here. */
    static HttpAnswer asking(ParkedParts parts, ClientsCall call, String id, CallProgress progress, Instant until) {
        ParkedState carried = new ParkedState(parts.replica().get().toString(), id, progress.round(), until);
        return input(parts, call, progress.open(), carried);
    }

    private static HttpAnswer input(
            ParkedParts parts, ClientsCall call, Map<String, ServerAsk> asked, ParkedState carried) {
        String state = carried.sealed(parts.states(), call.binding());
        return HttpAnswer.json(200, InputRequired.answer(call.id(), asked, state, parts.gateway()));
    }

    private static HttpAnswer of(ParkedParts parts, ClientsCall call, CallOutcome outcome) {
        if (!(outcome instanceof CallOutcome.Replied(int status, RawJson reply))) {
            return Failures.withoutReply(call, outcome);
        }
        LegacyReply.Request request = new LegacyReply.Request(
                call.message().method(), call.id(), call.message().name().value(), call.serverName(), parts.gateway());
        return switch (LegacyReply.of(request, reply)) {
            case LegacyReply.Final(int own, RawJson message, boolean otherRevision) -> {
                if (otherRevision) {
                    parts.doubted().accept(call.server().name());
                }
                yield HttpAnswer.json(status >= 500 ? status : own, message);
            }
            case LegacyReply.UrlsFirst(List<ServerAsk> elicitations) -> urlsFirst(parts, call, elicitations);
        };
    }

    /** Nothing waits anywhere: the retry is a new call. */
    private static HttpAnswer urlsFirst(ParkedParts parts, ClientsCall call, List<ServerAsk> elicitations) {
        if (elicitations.stream()
                .anyMatch(ask -> ask.undeclared(call.features()).isPresent())) {
            return Failures.needsUrls(call.id(), call.serverName());
        }
        Map<String, ServerAsk> byKey = new LinkedHashMap<>();
        for (ServerAsk ask : elicitations) {
            byKey.put(key(byKey.size() + 1), ask);
        }
        ParkedState carried = new ParkedState(
                "",
                Integer.toString(byKey.size()),
                1,
                parts.clock().instant().plus(parts.settings().patience()));
        return input(parts, call, byKey, carried);
    }

    /** The keys of the questions, counted from 1. */
    static String key(int number) {
        return "q" + number;
    }
}
