package io.mcpgateway.broker.embedded;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityCatalog;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.http.HttpListener;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.session.ServerKey;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Starts a gateway that waits minutes for its one server, which a test plays on a socket. */
final class PatientGateway {
    private PatientGateway() {}

    static EmbeddedGateway start(ServerSocket server, Optional<Duration> callTimeout, Duration grace) {
        URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/mcp");
        ServerRoute route = new ServerRoute(
                new ServerName("ns/one"),
                "one.mcp.local",
                "/mcp",
                url,
                new CallAuthorization.None(),
                callTimeout,
                AnonymousSessions.PER_CALL,
                ServerEras.NONE,
                ServerKey.of("ns/one", url));
        RouteTable table = RouteTable.of(CapabilityCatalog.EMPTY, List.of(route), List.of());
        return EmbeddedGateway.start(
                new EmbeddedSettings(
                        new HttpListener.Settings("127.0.0.1", 0, 100_000, 1000, grace),
                        url,
                        100,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        OriginRule.of("localhost", true, List.of()),
                        AddressRule.STRICT),
                new FakeDispatcher(route),
                () -> table);
    }
}
