package io.mcpgateway.controller.doctor.facts;

import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.StatusReport;
import java.util.Map;
import java.util.Objects;

/**
 * What was read of a gateway without a cluster.
 *
 * @param file its config.yaml
 * @param servers the answer of each enabled server to initialize, by its name
 * @param broker what the broker says of itself
 * @param call a real call through the gateway
 */
public record StandaloneFacts(
        String file,
        Part<ConfigYaml.Result> config,
        Map<String, CallReport.Step> servers,
        Part<StatusReport> broker,
        Part<CallReport> call) {
    public StandaloneFacts {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(config, "config");
        servers = Map.copyOf(servers);
        Objects.requireNonNull(broker, "broker");
        Objects.requireNonNull(call, "call");
    }
}
