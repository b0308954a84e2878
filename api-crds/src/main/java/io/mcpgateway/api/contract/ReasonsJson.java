package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.reason.Reason;
import io.mcpgateway.api.contract.reason.ReasonCode;
import java.util.List;
import java.util.Optional;

/** Reasons in {@code /status}: absent where there are none. */
final class ReasonsJson {
    private static final String MEMBER = "reasons";
    private static final String CODE = "code";

    private ReasonsJson() {}

    static void put(List<Reason> reasons, ObjectNode node) {
        if (reasons.isEmpty()) {
            return;
        }
        ArrayNode array = node.putArray(MEMBER);
        reasons.forEach(reason -> array.addObject()
                .put(CODE, reason.code().word())
                .put("count", reason.count())
                .put("object", reason.object()));
    }

    /** What keeps the broker from the server; everything else is said by other members too. */
    static Optional<ReasonCode> failure(JsonNode server) {
        for (JsonNode reason : server.path(MEMBER)) {
            Optional<ReasonCode> code =
                    ReasonCode.parse(reason.path(CODE).asText("")).filter(ReasonCode::isFailure);
            if (code.isPresent()) {
                return code;
            }
        }
        return Optional.empty();
    }
}
