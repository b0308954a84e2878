package io.mcpgateway.controller.desired;

import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.mcpgateway.api.contract.ObjectNames;

/** Gives {@link BrokerRole} to {@link BrokerServiceAccount}. */
public final class BrokerRoleBinding {
    private BrokerRoleBinding() {}

    public static RoleBinding desired(ExtensionOwner owner) {
        return new RoleBindingBuilder()
                .withMetadata(owner.metadata(ObjectNames.BROKER, ObjectLabels.broker()))
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", ObjectNames.BROKER)
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(ObjectNames.BROKER)
                .withNamespace(owner.namespace())
                .endSubject()
                .build();
    }
}
