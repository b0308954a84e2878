package io.mcpgateway.controller.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTablesTest {
    private static final List<String> HOSTNAMES = List.of(
            "",
            "*.com",
            "*.example.com",
            "*.apps.example.com",
            "mcp.example.com",
            "mcp.apps.example.com",
            "*.mcp.local");

    @ParameterizedTest
    @CsvSource({
        "a, HTTP, 80, b, HTTP, 80, true",
        "a, HTTP, 80, a, HTTP, 80, true",
        "a, HTTP, 80, b, HTTP, 81, false",
        "a, HTTPS, 443, a, HTTPS, 443, true",
        "a, HTTPS, 443, b, HTTPS, 443, false",
        "a, HTTPS, 443, b, HTTPS, 8443, false",
        "a, HTTPS, 443, b, HTTP, 443, false",
        "a, HTTP, 443, b, HTTPS, 443, false",
        "a, HTTP, 80, b, HTTPS, 443, false",
    })
    void routesAreSharedByPortAndBehindTlsByListener(
            String entry,
            String protocol,
            int port,
            String other,
            String otherProtocol,
            int otherPort,
            boolean shared) {
        assertThat(RouteTables.shared(
                        listener(entry, protocol, port, ""), listener(other, otherProtocol, otherPort, "*.b.local")))
                .isEqualTo(shared);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS, mcp.example.com, true",
        "HTTPS, *.example.com, false",
        "HTTPS, '', false",
        "HTTP, mcp.example.com, false",
    })
    void onlyATlsListenerWithAWholeHostnameHasNoRoomForServers(String protocol, String hostname, boolean oneHost) {
        assertThat(RouteTables.servesOneHost(listener("a", protocol, 443, hostname)))
                .isEqualTo(oneHost);
    }

    /** Envoy looks for the name itself, then for {@code *.} and what is left after each dot, then for no name. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aConnectionComesToTheListenerThatEnvoyFinds(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Listener> listeners = new ArrayList<>();
            List<String> names = new ArrayList<>(HOSTNAMES);
            Collections.shuffle(names, random);
            for (String hostname : names.subList(0, random.nextInt(names.size() + 1))) {
                listeners.add(listener("tls" + listeners.size(), "HTTPS", 443, hostname));
            }
            listeners.add(listener("plain", "HTTP", 80, "mcp.example.com"));
            listeners.add(listener("elsewhere", "HTTPS", 8443, "mcp.example.com"));
            for (String host : List.of(
                    "mcp.example.com",
                    "MCP.Example.com",
                    "a.example.com",
                    "mcp.apps.example.com",
                    "x.org",
                    "s.mcp.local")) {
                assertThat(RouteTables.tlsEntry(gateway(listeners), 443, host).map(Listener::getName))
                        .as("%s among %s", host, names)
                        .isEqualTo(envoys(listeners, host));
            }
        }
    }

    private static Optional<String> envoys(List<Listener> listeners, String host) {
        String rest = host.toLowerCase(Locale.ROOT);
        List<String> tries = new ArrayList<>(List.of(rest));
        for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.', dot + 1)) {
            tries.add("*" + rest.substring(dot));
        }
        tries.add("");
        return tries.stream()
                .flatMap(name -> listeners.stream()
                        .filter(listener -> "HTTPS".equals(listener.getProtocol()) && listener.getPort() == 443)
                        .filter(listener -> Listeners.hostname(listener).equals(name)))
                .map(Listener::getName)
                .findFirst();
    }

    private static Gateway gateway(List<Listener> listeners) {
        return new GatewayBuilder()
                .withNewSpec()
                .withListeners(listeners)
                .endSpec()
                .build();
    }

    private static Listener listener(String name, String protocol, int port, String hostname) {
        return new ListenerBuilder()
                .withName(name)
                .withProtocol(protocol)
                .withPort(port)
                .withHostname(hostname)
                .build();
    }
}
