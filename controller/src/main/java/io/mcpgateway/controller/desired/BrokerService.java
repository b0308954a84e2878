package io.mcpgateway.controller.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ObjectNames;

/**
 * Only selects the broker's pods. The ports' names matter: Istio takes the protocol from them. The type is not
 * written, so a user can make it a NodePort.
 */
public final class BrokerService {
    private BrokerService() {}

    public static Service desired(ExtensionOwner owner) {
        return new ServiceBuilder()
                .withMetadata(owner.metadata(ObjectNames.BROKER, ObjectLabels.broker()))
                .withNewSpec()
                .withSelector(ObjectLabels.brokerSelector())
                .withPorts(port("http", BrokerLaunch.HTTP_PORT), port("grpc", BrokerLaunch.GRPC_PORT))
                .endSpec()
                .build();
    }

    private static ServicePort port(String name, int number) {
        return new ServicePortBuilder()
                .withName(name)
                .withPort(number)
                .withProtocol("TCP")
                .withTargetPort(new IntOrString(number))
                .build();
    }
}
