package io.mcpgateway.controller.doctor.reading;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.ExplanationJson;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.doctor.access.PlainHttp;
import io.mcpgateway.controller.doctor.facts.Part;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Asks brokers why something is served or not. */
public final class WhyReading {
    private WhyReading() {}

    /**
     * The answers of a cluster's ready brokers, by Pod.
     *
     * @param query of {@code /status/why}, without question mark
     * @param claims for its header
     */
    public static Map<String, Part<Explanation>> cluster(KubernetesClient client, String query, Optional<String> claims)
            throws InterruptedException {
        return BrokerReading.cluster(client, Optional.empty(), base -> ask(base, query, claims));
    }

    /** The answer of a broker without a cluster. */
    public static Map<String, Part<Explanation>> standalone(URI broker, String query, Optional<String> claims)
            throws InterruptedException {
        return BrokerReading.standalone(broker, base -> ask(base, query, claims));
    }

    /** The registration of that name, for what only its object can say; empty if it cannot be read. */
    public static Optional<MCPServerRegistration> registration(KubernetesClient client, String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(client.resources(MCPServerRegistration.class)
                    .inNamespace(parts[0])
                    .withName(parts[1])
                    .get());
        } catch (KubernetesClientException unreadable) {
            return Optional.empty();
        }
    }

    private static Explanation ask(URI base, String query, Optional<String> claims)
            throws IOException, InterruptedException {
        byte[] body = PlainHttp.get(
                base.resolve(BrokerLaunch.WHY_PATH + "?" + query),
                claims.map(told -> Map.of(Explanation.CLAIMS_HEADER, told)).orElse(Map.of()));
        return ExplanationJson.parse(body)
                .orElseThrow(() -> new IOException(
                        "it does not answer " + BrokerLaunch.WHY_PATH + "; is it of an earlier version?"));
    }
}
