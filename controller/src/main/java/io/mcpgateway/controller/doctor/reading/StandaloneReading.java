package io.mcpgateway.controller.doctor.reading;

import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.controller.doctor.access.Deadline;
import io.mcpgateway.controller.doctor.access.PlainHttp;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.facts.StandaloneFacts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Reads a config.yaml, and asks its servers, its broker and its gateway. */
public final class StandaloneReading {
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private StandaloneReading() {}

    /**
     * The facts.
     *
     * @param brokerUrl base of the broker's own listener
     * @param gateway where clients connect
     */
    public static StandaloneFacts read(Path file, URI brokerUrl, GatewayUrl gateway, Consumer<String> progress)
            throws InterruptedException {
        progress.accept("reading " + file);
        Part<ConfigYaml.Result> config = config(file);
        List<McpServer> servers = config.found().orElse(null) instanceof ConfigYaml.Result.Parsed(var parsed)
                ? parsed.servers()
                : List.of();
        progress.accept("asking the broker and the servers, calling the gateway");
        try (Deadline deadline = new Deadline(LONGEST)) {
            Map<String, Callable<CallReport.Step>> asked = new HashMap<>();
            servers.stream()
                    .filter(McpServer::enabled)
                    .forEach(server -> asked.put(server.name().value(), () -> initialize(server.url())));
            Map<String, CallReport.Step> steps =
                    deadline.all(asked, why -> CallReport.Step.failed(CallReport.INITIALIZE, why));
            Part<StatusReport> broker = broker(brokerUrl);
            Part<CallReport> call = broker.found().isPresent()
                    ? Part.of(RunningReading.call(gateway))
                    : new Part.Unreadable<>(Gap.failed("a call", "not tried"));
            return new StandaloneFacts(file.toString(), config, steps, broker, call);
        }
    }

    private static Part<ConfigYaml.Result> config(Path file) {
        try {
            return Part.of(ConfigYaml.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException missing) {
            return new Part.Unreadable<>(Gap.failed("file " + file, "no such file"));
        } catch (IOException problem) {
            return new Part.Unreadable<>(Gap.failed("file " + file, "cannot be read: " + problem.getMessage()));
        }
    }

    private static CallReport.Step initialize(URI url) throws InterruptedException {
        try (HttpClient client = PlainHttp.client().build()) {
            return new McpCaller(client, url, Optional.empty(), Optional.empty()).initialize();
        }
    }

    private static Part<StatusReport> broker(URI base) throws InterruptedException {
        try {
            return Part.of(Neighbours.status(base));
        } catch (IOException problem) {
            String why = PlainHttp.why(problem, base);
            String hint = why.equals(PlainHttp.REFUSED) ? ": it is not running there" : "";
            return new Part.Unreadable<>(Gap.failed("broker " + base, why + hint));
        }
    }
}
