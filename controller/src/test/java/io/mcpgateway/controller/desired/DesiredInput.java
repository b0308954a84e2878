package io.mcpgateway.controller.desired;

import io.mcpgateway.api.envoy.Scope;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The in.yaml of a golden case: everything that the objects of one extension are made of. */
public record DesiredInput(
        ExtensionOwner extension,
        Listener listener,
        Hosts hosts,
        Workload workload,
        int replicas,
        String document,
        @Nullable List<String> paths) {
    record Listener(
            String namespace,
            String gateway,
            String sectionName,
            int port,
            @Nullable String istioRevision) {
        GatewayListener asListener() {
            return new GatewayListener(namespace, gateway, sectionName, port, Optional.ofNullable(istioRevision));
        }
    }

    record Hosts(String publicHost, List<String> exact, List<String> wildcards) {
        Scope asScope() {
            return new Scope.Hosts(publicHost, exact, wildcards);
        }
    }

    record Workload(
            String image,
            String imagePullPolicy,
            String privateHost,
            int pingIntervalSeconds,
            @Nullable String trustedHeaderSecret) {}

    public BrokerWorkload asWorkload() {
        return new BrokerWorkload(
                workload.image(),
                workload.imagePullPolicy(),
                hosts.publicHost(),
                workload.privateHost(),
                workload.pingIntervalSeconds(),
                Optional.ofNullable(workload.trustedHeaderSecret()),
                Optional.empty(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap());
    }
}
