package io.mcpgateway.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.GatewayCommands;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An experiment, which is no part of the gateway: a second Envoy with the gateway's configuration and one more route. The
 * route takes calls at the server's own URL by their headers alone, without asking the router. Much of what the router does
 * does not happen then (docs/adr/068), so this only shows what it costs.
 */
final class DirectLane implements AutoCloseable {
    /** Where clients reach only this server, under its own names. */
    static final String PATH = "/mcp/servers/demo/bench";

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final int WORKERS = 2;
    private static final String BACKEND = "backend/bench.mcp.local";

    /** What is in front of the server's own route. The filters are those that hold the body and ask the router. */
    private static final String ROUTE = """
            match:
              path: %s
              headers:
              - {name: mcp-protocol-version, string_match: {exact: '2026-07-28'}}
              - {name: mcp-method, string_match: {exact: tools/call}}
              - {name: mcp-name, string_match: {safe_regex: {regex: 'tool[0-9]+'}}}
              - {name: authorization, present_match: true, invert_match: true}
            request_headers_to_add:
            - {header: {key: x-mcp-method, value: tools/call}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}
            - {header: {key: x-mcp-servername, value: demo/bench}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}
            - {header: {key: x-mcp-toolname, value: '%%REQ(mcp-name)%%'}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}
            typed_per_filter_config:
              mcp.buffer_in: {'@type': type.googleapis.com/envoy.config.route.v3.FilterConfig, disabled: true}
              mcp.ext_proc: {'@type': type.googleapis.com/envoy.config.route.v3.FilterConfig, disabled: true}
              mcp.buffer_out: {'@type': type.googleapis.com/envoy.config.route.v3.FilterConfig, disabled: true}
            """.formatted(PATH);

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChildProcess envoy;
    private final int port;

    private DirectLane(ChildProcess envoy, int port) {
        this.envoy = envoy;
        this.port = port;
    }

    /**
     * Starts the second Envoy and waits until it listens.
     *
     * @param folder has the gateway's configuration in {@code gateway}
     */
    static DirectLane start(ProjectFolder project, Path envoy, Path folder) throws IOException, InterruptedException {
        int port = FreePort.next();
        Path direct = Files.createDirectories(folder.resolve("direct"));
        Files.writeString(
                direct.resolve("envoy.yaml"), JSON.writeValueAsString(config(folder.resolve("gateway"), port)));
        GatewayCommands commands = new GatewayCommands(project, GatewayPorts.free());
        DirectLane lane = new DirectLane(
                ChildProcess.start(
                        "direct", commands.envoy(envoy, direct, WORKERS), Map.of(), folder.resolve("direct.log")),
                port);
        lane.awaitListening();
        return lane;
    }

    int port() {
        return port;
    }

    CpuMeter envoy() {
        return new ProcessMeter(envoy.pid());
    }

    @Override
    public void close() {
        envoy.close();
    }

    private static JsonNode config(Path gateway, int port) throws IOException {
        ObjectNode routes = (ObjectNode) resources(gateway, "rds.yaml").path(0);
        ((ArrayNode) routes.at("/virtual_hosts/0/routes")).insert(0, route(routes));
        ObjectNode listener = (ObjectNode) resources(gateway, "lds.yaml").path(0);
        ((ObjectNode) listener.at("/address/socket_address")).put("port_value", port);
        ObjectNode manager = (ObjectNode) listener.at("/filter_chains/0/filters/0/typed_config");
        manager.remove("rds");
        manager.set("route_config", routes);
        ObjectNode all = JSON.createObjectNode();
        ObjectNode fixed = all.putObject("static_resources");
        fixed.putArray("listeners").add(listener);
        fixed.set("clusters", resources(gateway, "cds.yaml"));
        return all;
    }

    private static JsonNode route(JsonNode routes) throws IOException {
        for (JsonNode host : routes.path("virtual_hosts")) {
            if (host.path("name").asText().equals(BACKEND)) {
                ObjectNode action = host.at("/routes/0/route").deepCopy();
                ObjectNode route = (ObjectNode) YAML.readTree(ROUTE);
                route.set("route", action.put("prefix_rewrite", "/mcp"));
                return route;
            }
        }
        throw new IOException("no virtual host " + BACKEND);
    }

    /** The resources in a file of Envoy's configuration, as they are written in a static configuration. */
    private static ArrayNode resources(Path gateway, String file) throws IOException {
        ArrayNode resources = (ArrayNode)
                YAML.readTree(Files.readString(gateway.resolve(file))).path("resources");
        resources.forEach(resource -> ((ObjectNode) resource).remove("@type"));
        return resources;
    }

    private void awaitListening() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (Instant.now().isBefore(deadline) && envoy.alive()) {
            try (RawConnection _ = RawConnection.open(port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(20);
            }
        }
        List<String> last = envoy.lastLines(3);
        close();
        throw new IOException("Envoy with the direct lane does not listen: " + last);
    }
}
