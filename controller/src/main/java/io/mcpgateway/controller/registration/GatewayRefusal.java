package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteAttachment;
import io.mcpgateway.controller.gatewayapi.RouteBackend;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A route that the gateway has taken, though it cannot follow the route's references: the broker may reach the server,
 * and calls would still get an error from the gateway.
 */
final class GatewayRefusal {
    /** What the API server takes as the reason of a condition. */
    private static final Pattern REASON = Pattern.compile("[A-Za-z]([A-Za-z0-9_,:]{0,1021}[A-Za-z0-9_])?");

    private GatewayRefusal() {}

    static Optional<ServerEntries.Result> of(HTTPRoute route, List<Attachment> attachments, RegistrationFacts facts) {
        Set<ObjectKey> extensions =
                attachments.stream().map(Attachment::extension).collect(Collectors.toSet());
        Set<ObjectKey> gateways = facts.extensions().stream()
                .filter(extension -> extensions.contains(extension.key()))
                .map(TargetExtension::gateway)
                .collect(Collectors.toSet());
        return RouteAttachment.unresolved(route, gateways).map(condition -> refused(route, condition));
    }

    private static ServerEntries.Result refused(HTTPRoute route, Condition condition) {
        String reason = Objects.requireNonNullElse(condition.getReason(), "");
        String message = Objects.requireNonNullElse(condition.getMessage(), "").replaceAll("\\p{Cntrl}+", " ");
        return new ServerEntries.Result.Refused(
                REASON.matcher(reason).matches() ? reason : Reason.BACKEND_NOT_FOUND,
                "calls would fail: the gateway cannot resolve a reference of HTTPRoute %s (ResolvedRefs=False, %s: %s); %s"
                        .formatted(ObjectKey.of(route), reason, message, remedy(route)));
    }

    private static String remedy(HTTPRoute route) {
        boolean external = RouteBackend.first(route)
                .filter(backend -> backend.kind().equals(ServerEndpoints.ISTIO_HOSTNAME))
                .isPresent();
        return external
                ? "create a ServiceEntry of Istio for the host of its backendRef, visible to the gateway"
                : "correct its backendRefs and filters, or create what they name";
    }
}
