package io.mcpgateway.controller.desired;

import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.mcpgateway.api.contract.ObjectNames;

/** What the broker may do in the cluster: read its own configuration, nothing else. */
public final class BrokerRole {
    private BrokerRole() {}

    public static Role desired(ExtensionOwner owner) {
        return new RoleBuilder()
                .withMetadata(owner.metadata(ObjectNames.BROKER, ObjectLabels.broker()))
                .addNewRule()
                .withApiGroups("")
                .withResources("secrets")
                .withResourceNames(ObjectNames.CONFIG_SECRET)
                .withVerbs("get", "list", "watch")
                .endRule()
                .build();
    }
}
