package io.mcpgateway.controller.doctor.reading;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.api.contract.reason.RoutedCallJson;
import io.mcpgateway.controller.doctor.access.PlainHttp;
import io.mcpgateway.controller.doctor.facts.Part;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Asks brokers what their router would decide about a call. */
public final class RouteReading {
    private RouteReading() {}

    /**
     * The answers of a cluster's ready brokers, by Pod.
     *
     * @param namespace of the brokers; empty for all
     * @param claims of the caller, for the header
     */
    public static Map<String, Part<RoutedCall>> cluster(
            KubernetesClient client, Optional<String> namespace, RoutedCall.Question question, Optional<String> claims)
            throws InterruptedException {
        return BrokerReading.cluster(client, namespace, base -> ask(base, question, claims));
    }

    /** The answer of a broker without a cluster. */
    public static Map<String, Part<RoutedCall>> standalone(
            URI broker, RoutedCall.Question question, Optional<String> claims) throws InterruptedException {
        return BrokerReading.standalone(broker, base -> ask(base, question, claims));
    }

    private static RoutedCall ask(URI base, RoutedCall.Question question, Optional<String> claims)
            throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder();
        append(query, Explanation.NAME_PARAMETER, question.name());
        append(query, RoutedCall.METHOD_PARAMETER, question.method());
        append(query, RoutedCall.VERSION_PARAMETER, question.protocolVersion());
        question.virtualServer().ifPresent(name -> append(query, Explanation.VIRTUAL_SERVER_PARAMETER, name));
        if (question.virtualServer().isEmpty()) {
            question.url().ifPresent(url -> append(query, Explanation.URL_PARAMETER, url));
        }
        byte[] body = PlainHttp.get(
                base.resolve(BrokerLaunch.ROUTE_PATH + "?" + query),
                claims.map(told -> Map.of(Explanation.CLAIMS_HEADER, told)).orElse(Map.of()));
        return RoutedCallJson.parse(body)
                .orElseThrow(() -> new IOException(
                        "it does not answer " + BrokerLaunch.ROUTE_PATH + "; is it of an earlier version?"));
    }

    private static void append(StringBuilder query, String parameter, String value) {
        query.append(query.isEmpty() ? "" : "&")
                .append(parameter)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
