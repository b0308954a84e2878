package io.mcpgateway.controller.virtualserver;

import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;

/** What follows for one virtual server. */
public sealed interface VirtualServerPlan {
    /** The virtual server as config.yaml has it. */
    VirtualServer entry();

    /** Where it is to be configured. */
    List<ObjectKey> extensions();

    /** No extension can take it. */
    record Unattached(VirtualServer entry, String message) implements VirtualServerPlan {
        public Unattached {
            Objects.requireNonNull(entry, "entry");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public List<ObjectKey> extensions() {
            return List.of();
        }
    }

    /**
     * To be configured in each of the extensions.
     *
     * @param contradicting those of them that allow none of its revisions, so that none of their clients can use it
     */
    record Offered(VirtualServer entry, List<ObjectKey> extensions, List<OfferingExtension> contradicting)
            implements VirtualServerPlan {
        public Offered {
            Objects.requireNonNull(entry, "entry");
            extensions = List.copyOf(extensions);
            contradicting = List.copyOf(contradicting);
        }
    }
}
