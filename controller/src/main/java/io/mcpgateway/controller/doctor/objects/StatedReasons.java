package io.mcpgateway.controller.doctor.objects;

import io.mcpgateway.api.contract.reason.ReasonCode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The reasons that the message of a condition tells: the only source where the brokers cannot be asked, or are of an
 * earlier version that gives no codes. Pure.
 */
public final class StatedReasons {
    private static final Map<String, ReasonCode> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("conflicting tools discovered", ReasonCode.NAME_CONFLICT);
        WORDS.put("left out as invalid", ReasonCode.INVALID_DEFINITION);
        WORDS.put("the server offers no tools", ReasonCode.NO_TOOLS);
        WORDS.put("auth failed", ReasonCode.CREDENTIAL_REFUSED);
        WORDS.put("the server refuses", ReasonCode.CREDENTIAL_REFUSED);
        WORDS.put("spec.path", ReasonCode.WRONG_PATH);
        WORDS.put("redirects", ReasonCode.WRONG_PATH);
        WORDS.put("not an MCP response", ReasonCode.NOT_MCP);
        WORDS.put("does not trust", ReasonCode.TLS_FAILED);
        WORDS.put("TLS", ReasonCode.TLS_FAILED);
        WORDS.put("certificate", ReasonCode.TLS_FAILED);
        WORDS.put("tools are kept, failed attempt", ReasonCode.UNREACHABLE);
    }

    private StatedReasons() {}

    public static Set<ReasonCode> of(String message) {
        Set<ReasonCode> codes = EnumSet.noneOf(ReasonCode.class);
        WORDS.forEach((words, code) -> {
            if (message.contains(words)) {
                codes.add(code);
            }
        });
        return codes;
    }
}
