package io.mcpgateway.controller.doctor.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.StatusJson;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.controller.doctor.access.PlainHttp;
import io.mcpgateway.controller.doctor.access.PodTunnel;
import io.mcpgateway.controller.doctor.facts.EnvoyReport;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** Asks broker Pods and Envoy Pods about themselves. */
final class Neighbours {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ENVOY_ADMIN = 15000;
    private static final String LISTENERS = "/config_dump?resource=dynamic_listeners";

    /** A broker tries no more at once. */
    private static final int AT_A_TIME = 8;

    private final PodTunnel tunnel;

    Neighbours(PodTunnel tunnel) {
        this.tunnel = tunnel;
    }

    Part<StatusReport> broker(ObjectKey pod) throws InterruptedException {
        return tunnel.to(
                pod,
                BrokerLaunch.HTTP_PORT,
                "status of broker Pod " + pod,
                port -> status(URI.create("http://127.0.0.1:" + port)));
    }

    /** @param base of the broker's own listener */
    static StatusReport status(URI base) throws IOException, InterruptedException {
        return switch (StatusJson.parse(PlainHttp.get(base.resolve(BrokerLaunch.STATUS_PATH)))) {
            case StatusJson.Result.Parsed(StatusReport report) -> report;
            case StatusJson.Result.Refused(String problem) -> throw new IOException(problem);
        };
    }

    /**
     * Has a broker try whether it reaches servers as calls do.
     *
     * @param found is told of each that it tried
     * @return whether all were
     */
    boolean reaches(ObjectKey pod, List<ServerName> servers, BiConsumer<ObjectKey, ServerReach> found)
            throws InterruptedException {
        return tunnel.to(
                        pod,
                        BrokerLaunch.HTTP_PORT,
                        "the way of calls, from broker Pod " + pod,
                        port -> reaches(URI.create("http://127.0.0.1:" + port), servers, found))
                .found()
                .orElse(false);
    }

    /** @param base of the broker's own listener */
    static boolean reaches(URI base, List<ServerName> servers, BiConsumer<ObjectKey, ServerReach> found)
            throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_A_TIME, Thread.ofVirtual().name("reach-", 0).factory())) {
            List<Callable<Boolean>> tries = servers.stream()
                    .<Callable<Boolean>>map(server -> () -> {
                        Optional<ServerReach> reach = reach(base, server);
                        reach.ifPresent(told -> found.accept(ObjectKey.parse(server.value()), told));
                        return reach.isPresent();
                    })
                    .toList();
            boolean all = true;
            for (Future<Boolean> tried : threads.invokeAll(tries)) {
                try {
                    all &= tried.get();
                } catch (ExecutionException untold) {
                    all = false;
                }
            }
            return all;
        }
    }

    /** The broker has as much time as it gives the server, so what is late here has not answered there. */
    private static Optional<ServerReach> reach(URI base, ServerName server) throws IOException, InterruptedException {
        try {
            return ServerReach.parse(PlainHttp.get(base.resolve(BrokerLaunch.REACH_PATH + "?"
                    + ServerReach.SERVER_PARAMETER + "=" + URLEncoder.encode(server.value(), StandardCharsets.UTF_8))));
        } catch (HttpTimeoutException late) {
            return Optional.of(new ServerReach(
                    server.value(),
                    ServerReach.FAILED,
                    "no answer within " + PlainHttp.TIMEOUT.toSeconds() + " s",
                    PlainHttp.TIMEOUT.toMillis()));
        }
    }

    /** @param port of the listener in the Pod */
    Part<EnvoyReport> envoy(ObjectKey pod, int port) throws InterruptedException {
        return tunnel.to(
                pod,
                ENVOY_ADMIN,
                "Envoy's configuration in Pod " + pod,
                local -> report(
                        JSON.readTree(PlainHttp.get(URI.create("http://127.0.0.1:" + local + LISTENERS))), port));
    }

    /** What a dump of the dynamic listeners says of one port. */
    static EnvoyReport report(JsonNode dump, int port) {
        List<String> filters = new ArrayList<>();
        boolean present = false;
        Optional<String> refusal = Optional.empty();
        for (JsonNode entry : dump.path("configs")) {
            JsonNode listener = entry.path("active_state").path("listener");
            boolean here = listener.at("/address/socket_address/port_value").asInt() == port;
            String name = entry.path("name").asText();
            if (here || name.endsWith("_" + port)) {
                present |= here;
                listener.findValues("http_filters")
                        .forEach(list -> list.forEach(
                                filter -> filters.add(filter.path("name").asText())));
                refusal = refusal.or(() -> Optional.of(
                                entry.path("error_state").path("details").asText())
                        .filter(details -> !details.isEmpty()));
            }
        }
        return new EnvoyReport(present, filters.stream().distinct().toList(), refusal);
    }
}
