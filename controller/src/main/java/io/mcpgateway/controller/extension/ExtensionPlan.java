package io.mcpgateway.controller.extension;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.api.contract.CaCertificates;
import io.mcpgateway.controller.conditions.EventNote;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What follows for one extension. */
public sealed interface ExtensionPlan {
    /**
     * It may not serve.
     *
     * @param reason of the conditions Ready and Accepted
     * @param message names the objects and the fix
     */
    record Rejected(String reason, String message, Withdrawal withdrawal) implements ExtensionPlan {
        public Rejected {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(withdrawal, "withdrawal");
        }
    }

    /**
     * It is accepted, with these settings.
     *
     * @param publicHost under which clients reach it; a DNS name without port
     * @param privateHost of the listener from inside the cluster, the value of {@code --mcp-gateway-private-host}
     * @param caCertificates that the broker trusts for every server in addition to public CAs
     * @param warnings about settings that are allowed, but probably not meant
     */
    record Proceed(
            ObjectKey gateway,
            Listener listener,
            String publicHost,
            String privateHost,
            Optional<CaCertificates> caCertificates,
            List<EventNote> warnings)
            implements ExtensionPlan {
        public Proceed {
            Objects.requireNonNull(gateway, "gateway");
            Objects.requireNonNull(listener, "listener");
            Objects.requireNonNull(publicHost, "publicHost");
            Objects.requireNonNull(privateHost, "privateHost");
            Objects.requireNonNull(caCertificates, "caCertificates");
            warnings = List.copyOf(warnings);
        }

        public int port() {
            return Listeners.port(listener);
        }
    }
}
