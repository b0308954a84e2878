package io.mcpgateway.controller.brokers;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.mcpgateway.api.contract.BrokerLaunch;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads the ready pods of the broker's Service from its EndpointSlices. */
final class BrokerEndpoints {
    private static final String PORT_NAME = "http";

    private BrokerEndpoints() {}

    /** Base url by pod name. */
    static Map<String, URI> ready(List<EndpointSlice> slices) {
        Map<String, URI> replicas = new TreeMap<>();
        for (EndpointSlice slice : slices) {
            int port = port(slice);
            for (Endpoint endpoint : Objects.requireNonNullElse(slice.getEndpoints(), List.<Endpoint>of())) {
                if (isReady(endpoint)
                        && endpoint.getAddresses() != null
                        && !endpoint.getAddresses().isEmpty()) {
                    String address = endpoint.getAddresses().getFirst();
                    replicas.put(pod(endpoint, address), url(address, port));
                }
            }
        }
        return replicas;
    }

    /** Not said means ready (EndpointConditions). */
    private static boolean isReady(Endpoint endpoint) {
        return endpoint.getConditions() == null
                || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    }

    private static int port(EndpointSlice slice) {
        return Objects.requireNonNullElse(slice.getPorts(), List.<EndpointPort>of()).stream()
                .filter(port -> PORT_NAME.equals(port.getName()) && port.getPort() != null)
                .map(EndpointPort::getPort)
                .findFirst()
                .orElse(BrokerLaunch.HTTP_PORT);
    }

    private static String pod(Endpoint endpoint, String address) {
        return endpoint.getTargetRef() == null || endpoint.getTargetRef().getName() == null
                ? address
                : endpoint.getTargetRef().getName();
    }

    private static URI url(String address, int port) {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return URI.create("http://" + host + ":" + port);
    }
}
