package io.mcpgateway.controller.translation;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;

/** What follows for one extension from all objects of the cluster. */
public sealed interface TranslatedExtension {
    ExtensionPlan plan();

    /** What its brokers should run. */
    BrokerConfig config();

    /** It may not serve. */
    record Rejected(ExtensionPlan.Rejected plan) implements TranslatedExtension {
        public Rejected {
            Objects.requireNonNull(plan, "plan");
        }

        @Override
        public BrokerConfig config() {
            return BrokerConfig.EMPTY;
        }
    }

    /**
     * It serves.
     *
     * @param filterScope the hosts that its Envoy filters handle
     * @param takers routes that take clients' requests away from its brokers, sorted
     */
    record Accepted(ExtensionPlan.Proceed plan, BrokerConfig config, Scope.Hosts filterScope, List<ObjectKey> takers)
            implements TranslatedExtension {
        public Accepted {
            Objects.requireNonNull(plan, "plan");
            Objects.requireNonNull(config, "config");
            Objects.requireNonNull(filterScope, "filterScope");
            takers = List.copyOf(takers);
        }
    }
}
