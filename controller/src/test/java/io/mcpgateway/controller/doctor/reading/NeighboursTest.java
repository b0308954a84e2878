package io.mcpgateway.controller.doctor.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.controller.doctor.facts.EnvoyReport;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private static final String DUMP = """
            {"configs": [
              {"name": "0.0.0.0_8080", "active_state": {"listener": {
                "address": {"socket_address": {"address": "0.0.0.0", "port_value": 8080}},
                "filter_chains": [{"filters": [{"name": "envoy.filters.network.http_connection_manager",
                  "typed_config": {"http_filters": [{"name": "mcp.ext_proc"}, {"name": "envoy.filters.http.router"}]}}]}]}}},
              {"name": "0.0.0.0_80", "active_state": {"listener": {
                "address": {"socket_address": {"port_value": 80}},
                "filter_chains": [{"filters": [{"typed_config": {"http_filters": [{"name": "other"}]}}]}]}},
                "error_state": {"details": "no such filter"}}]}
            """;

    @Test
    void theFiltersOfAPortAreFound() throws JsonProcessingException {
        assertThat(report(8080))
                .isEqualTo(
                        new EnvoyReport(true, List.of("mcp.ext_proc", "envoy.filters.http.router"), Optional.empty()));
    }

    @Test
    void aRefusedListenerIsTold() throws JsonProcessingException {
        assertThat(report(80)).isEqualTo(new EnvoyReport(true, List.of("other"), Optional.of("no such filter")));
    }

    @Test
    void anotherPortHasNothing() throws JsonProcessingException {
        assertThat(report(8443)).isEqualTo(new EnvoyReport(false, List.of(), Optional.empty()));
    }

    @Test
    void aServerThatLetsTheBrokerWaitIsTold() throws Exception {
        Map<ObjectKey, ServerReach> found = new ConcurrentHashMap<>();
        try (ServerSocket broker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI base = URI.create("http://127.0.0.1:" + broker.getLocalPort());

            assertThat(Neighbours.reaches(base, List.of(new ServerName("team/frozen")), found::put))
                    .isTrue();
        }
        assertThat(found)
                .containsExactly(Map.entry(
                        new ObjectKey("team", "frozen"),
                        new ServerReach("team/frozen", ServerReach.FAILED, "no answer within 3 s", 3000)));
    }

    private static EnvoyReport report(int port) throws JsonProcessingException {
        return Neighbours.report(new ObjectMapper().readTree(DUMP), port);
    }
}
