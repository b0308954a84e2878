package io.mcpgateway.controller.doctor.checks;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.VirtualServerStatus;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.facts.StandaloneFacts;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Remedies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All checks of a gateway without a cluster. */
public final class StandaloneCheckup {
    private StandaloneCheckup() {}

    public static List<Finding> of(StandaloneFacts facts) {
        List<Finding> findings = new ArrayList<>();
        String subject = "file " + facts.file();
        switch (facts.config()) {
            case Part.Unreadable<ConfigYaml.Result>(Gap gap) ->
                findings.add(Finding.broken(Link.CONFIG, "ConfigUnreadable", subject, gap.reason())
                        .fixedBy("ls -l " + facts.file()));
            case Part.Read<ConfigYaml.Result>(ConfigYaml.Result.Refused(List<String> problems)) ->
                problems.forEach(problem -> findings.add(Finding.broken(Link.CONFIG, "ConfigRefused", subject, problem)
                        .fixedBy("correct %s; the broker keeps the last good configuration until then"
                                .formatted(facts.file()))));
            case Part.Read<ConfigYaml.Result>(ConfigYaml.Result.Parsed(BrokerConfig config)) -> {
                findings.add(Finding.ok(
                        Link.CONFIG,
                        subject,
                        "it is valid; servers: %d, virtual servers: %d"
                                .formatted(
                                        config.servers().size(),
                                        config.virtualServers().size())));
                findings.addAll(gateway(facts, config));
            }
        }
        return List.copyOf(findings);
    }

    private static List<Finding> gateway(StandaloneFacts facts, BrokerConfig config) {
        List<Finding> findings = new ArrayList<>();
        Optional<StatusReport> report = facts.broker().found();
        facts.broker()
                .missing()
                .ifPresent(
                        gap -> findings.add(Finding.broken(Link.BROKER, "BrokerUnreachable", gap.what(), gap.reason())
                                .fixedBy(
                                        "java -jar mcp-gateway-broker.jar --embedded-gateway=127.0.0.1:8888 --mcp-gateway-config="
                                                + facts.file())));
        report.ifPresent(told -> config.servers().stream()
                .filter(server -> told.server(server.name())
                        .filter(status -> status.id().equals(server.id()))
                        .isEmpty())
                .map(server -> notLoaded("server " + server.name()))
                .forEach(findings::add));
        for (McpServer server : config.servers()) {
            if (server.enabled()) {
                findings.addAll(server(facts, server, report));
            }
        }
        report.stream()
                .flatMap(told -> told.virtualServers().stream())
                .filter(status ->
                        !status.unknownTools().isEmpty() || !status.unmatched().isEmpty())
                .map(StandaloneCheckup::virtualServer)
                .forEach(findings::add);
        report.ifPresent(told -> config.virtualServers().stream()
                .filter(virtualServer -> told.virtualServer(virtualServer.name())
                        .filter(status -> status.digest().equals(ConfigYaml.digest(virtualServer)))
                        .isEmpty())
                .map(virtualServer -> notLoaded("virtual server " + virtualServer.name()))
                .forEach(findings::add));
        if (report.isPresent()) {
            findings.add(
                    switch (facts.call()) {
                        case Part.Unreadable<CallReport>(Gap gap) -> VisibilityCheck.finding(Link.CALL, gap);
                        case Part.Read<CallReport>(CallReport call) ->
                            CallCheck.finding(call, Remedies.WITHOUT_CLUSTER);
                    });
        }
        return List.copyOf(findings);
    }

    private static List<Finding> server(StandaloneFacts facts, McpServer server, Optional<StatusReport> report) {
        String subject = "server " + server.name();
        List<Finding> findings = new ArrayList<>();
        CallReport.Step step = facts.servers().get(server.name().value());
        if (step != null && step.problem().isPresent()) {
            findings.add(Finding.broken(
                            Link.SERVER,
                            "ServerNotRunning",
                            subject,
                            "%s: %s".formatted(server.url(), step.problem().get()))
                    .fixedBy("curl -v " + server.url()));
            return List.copyOf(findings);
        }
        report.flatMap(told -> told.server(server.name()))
                .filter(status -> !status.ready())
                .map(status -> Finding.broken(Link.DISCOVERY, "ServerNotReady", subject, status.message())
                        .fixedBy("edit %s, entry %s".formatted(facts.file(), server.name())))
                .or(() -> report.flatMap(told -> told.server(server.name()))
                        .filter(status -> !status.conflicts().isEmpty()
                                || !status.invalidTools().isEmpty())
                        .map(status -> Finding.warning(Link.DISCOVERY, "ToolsLeftOut", subject, status.message())
                                .fixedBy("edit %s, entry %s".formatted(facts.file(), server.name()))))
                .ifPresent(findings::add);
        if (findings.isEmpty()) {
            findings.add(Finding.ok(
                    Link.SERVER,
                    subject,
                    report.flatMap(told -> told.server(server.name()))
                            .map(status -> status.message())
                            .orElse("answers at " + server.url())));
        }
        return List.copyOf(findings);
    }

    private static Finding notLoaded(String subject) {
        return Finding.broken(
                        Link.DISCOVERY,
                        "ConfigurationNotLoaded",
                        subject,
                        "the broker does not know it as the file has it: it runs another configuration")
                .fixedBy("does --mcp-gateway-config of the broker name this file?");
    }

    private static Finding virtualServer(VirtualServerStatus status) {
        List<String> problems = new ArrayList<>();
        if (!status.unknownTools().isEmpty()) {
            problems.add("no server has these tools: " + String.join(", ", status.unknownTools()));
        }
        if (!status.unmatched().isEmpty()) {
            problems.add("these match nothing: " + String.join(", ", status.unmatched()));
        }
        String message = String.join("; ", problems);
        String subject = "virtual server " + status.name();
        return (status.shown().tools() == 0
                        ? Finding.broken(Link.VIRTUAL_SERVER, "NoTools", subject, message)
                        : Finding.warning(Link.VIRTUAL_SERVER, "ToolsNotFound", subject, message))
                .fixedBy("correct its tools and rules: names are case-sensitive and include the prefix");
    }
}
