package io.mcpgateway.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.process.ConfigRefusedException;
import io.mcpgateway.e2e.process.GatewaySetup;
import io.mcpgateway.e2e.process.RunningGateway;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Watches config.yaml and the gateway, and prints changes. */
final class DemoWatch implements AutoCloseable {
    /** A view with servers that are not ready is shown when nothing has changed for this time. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    /** The broker reads config.yaml several times in this time; what does not run by then was refused. */
    private static final Duration REFUSED = Duration.ofSeconds(3);

    private final GatewaySetup setup;
    private final RunningGateway gateway;
    private final Consumer<String> out;
    private final McpClient client;

    private String fileHash;
    private Optional<Instant> edited = Optional.empty();
    private long revision = -1;
    private DemoView view = new DemoView(List.of(), List.of());
    private Instant changed = Instant.EPOCH;
    private Optional<DemoView> shown = Optional.empty();
    private boolean examplesShown;

    DemoWatch(GatewaySetup setup, RunningGateway gateway, Consumer<String> out) throws IOException {
        this.setup = setup;
        this.gateway = gateway;
        this.out = out;
        this.client = McpClient.connect(gateway.url());
        this.fileHash = hash(setup.config());
    }

    /** Checks once. */
    void look(Instant now) throws IOException {
        String current = hash(setup.config());
        if (!current.equals(fileHash)) {
            fileHash = current;
            edited = Optional.of(now);
            out.accept("");
            out.accept("demo: " + setup.config().getFileName() + " changed");
            refreshEnvoy();
        }
        GatewayState state = GatewayState.read(statusUrl());
        judgeEdit(state, now);
        if (state.revision() != revision) {
            revision = state.revision();
            observe(new DemoView(tools(state), state.notReady()), now);
        }
        if (edited.isEmpty() && shown.filter(view::equals).isEmpty() && settled(now)) {
            show();
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private void refreshEnvoy() throws IOException {
        try {
            gateway.refreshEnvoy();
        } catch (ConfigRefusedException refused) {
            refused(refused.problems());
        }
    }

    private void judgeEdit(GatewayState state, Instant now) throws IOException {
        if (edited.isEmpty()) {
            return;
        }
        if (state.configHash().equals(fileHash)) {
            edited = Optional.empty();
            shown = Optional.empty();
        } else if (Duration.between(edited.get(), now).compareTo(REFUSED) > 0) {
            List<String> problems = RunningGateway.configProblems(setup);
            if (!problems.isEmpty()) {
                refused(problems);
            }
        }
    }

    private void refused(List<String> problems) {
        edited = Optional.empty();
        out.accept("demo: the file is refused; the gateway keeps its previous configuration:");
        problems.forEach(problem -> out.accept("  " + problem));
    }

    private void observe(DemoView next, Instant now) {
        if (!next.equals(view)) {
            view = next;
            changed = now;
        }
    }

    private boolean settled(Instant now) {
        boolean quiet = Duration.between(changed, now).compareTo(SETTLED) >= 0;
        return quiet || (view.complete() && !view.tools().isEmpty());
    }

    private void show() {
        shown = Optional.of(view);
        out.accept("");
        view.lines().forEach(out);
        Optional<ListedTool> example = DemoText.example(view.tools());
        if (!examplesShown && example.isPresent()) {
            examplesShown = true;
            DemoText.examples(gateway.url(), example.get()).forEach(out);
        }
        out.accept("Status in a browser: " + statusUrl().resolve("/ui/"));
        out.accept(DemoText.doctorLine(setup.config(), statusUrl().resolve("/"), gateway.url()));
        out.accept("Edit " + setup.config() + " to change the servers. Press Ctrl-C to stop everything.");
    }

    private List<ListedTool> tools(GatewayState state) throws IOException {
        List<ServedConfig.Prefix> prefixes = ServedConfig.prefixes(setup.config());
        List<String> known =
                state.servers().stream().map(GatewayState.Server::name).toList();
        List<JsonNode> listed = client.tools();
        return listed.stream()
                .map(tool -> ListedTool.of(
                        tool,
                        prefixes.stream()
                                .filter(prefix -> known.contains(prefix.server()))
                                .toList()))
                .toList();
    }

    private URI statusUrl() {
        return URI.create("http://127.0.0.1:" + gateway.ports().broker() + "/status");
    }

    /** The hash by which the broker identifies a configuration; a missing file counts as empty. */
    private static String hash(Path file) {
        byte[] content;
        try {
            content = Files.readString(file).getBytes(StandardCharsets.UTF_8);
        } catch (IOException away) {
            content = new byte[0];
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
