package io.mcpgateway.controller.urls.recipes;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionStatus;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.MCPVirtualServerStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The URLs that the statuses of objects tell. */
public final class ObjectUrls {
    private static final String UNKNOWN = "StatusMissing";

    private ObjectUrls() {}

    public static ClientUrl of(MCPGatewayExtension extension) {
        MCPGatewayExtensionStatus status =
                Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY);
        return row(ClientUrl.Kind.GATEWAY, extension, status.url(), status.conditions());
    }

    public static ClientUrl of(MCPVirtualServer virtualServer) {
        MCPVirtualServerStatus status =
                Objects.requireNonNullElse(virtualServer.getStatus(), MCPVirtualServerStatus.EMPTY);
        return row(ClientUrl.Kind.VIRTUAL_SERVER, virtualServer, status.url(), status.conditions());
    }

    public static ClientUrl of(MCPServerRegistration registration) {
        MCPServerRegistrationStatus status =
                Objects.requireNonNullElse(registration.getStatus(), MCPServerRegistrationStatus.EMPTY);
        return row(ClientUrl.Kind.SERVER, registration, status.url(), status.conditions());
    }

    private static ClientUrl row(
            ClientUrl.Kind kind, HasMetadata object, @Nullable String url, List<Condition> conditions) {
        Optional<Condition> ready = Conditions.find(conditions, ConditionType.READY);
        boolean works = Conditions.isTrue(conditions, ConditionType.READY);
        return new ClientUrl(
                kind,
                Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
                object.getMetadata().getName(),
                Optional.ofNullable(url),
                Optional.of(works),
                works ? "" : ready.map(Condition::getReason).orElse(UNKNOWN));
    }
}
