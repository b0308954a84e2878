package io.mcpgateway.controller.virtualserver;

import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Objects;
import java.util.Set;

/**
 * What became of the URL that a virtual server chose.
 *
 * @param url what it chose
 * @param extensions where it has it
 * @param accepted the condition Accepted
 */
public record UrlClaim(ChosenUrl url, Set<ObjectKey> extensions, Finding accepted) {
    public UrlClaim {
        Objects.requireNonNull(url, "url");
        extensions = Set.copyOf(extensions);
        Objects.requireNonNull(accepted, "accepted");
    }

    static UrlClaim refused(String reason, String message) {
        return new UrlClaim(ChosenUrl.NONE, Set.of(), Finding.unmet(ConditionType.ACCEPTED, reason, message));
    }

    static UrlClaim granted(ChosenUrl url, Set<ObjectKey> extensions, String message) {
        return new UrlClaim(url, extensions, Finding.met(ConditionType.ACCEPTED, Reason.ACCEPTED, message));
    }

    /** What the extension is to serve it at, besides its usual URL. */
    public ChosenUrl at(ObjectKey extension) {
        return extensions.contains(extension) ? url : ChosenUrl.NONE;
    }
}
