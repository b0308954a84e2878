package io.mcpgateway.controller.desired;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.mcpgateway.api.contract.ObjectNames;

/** The broker's identity. The token is mounted where the pod asks for it, not by default. */
public final class BrokerServiceAccount {
    private BrokerServiceAccount() {}

    public static ServiceAccount desired(ExtensionOwner owner) {
        return new ServiceAccountBuilder()
                .withMetadata(owner.metadata(ObjectNames.BROKER, ObjectLabels.broker()))
                .withAutomountServiceAccountToken(false)
                .build();
    }
}
