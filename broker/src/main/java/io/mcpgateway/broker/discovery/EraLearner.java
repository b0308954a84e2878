package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.client.OpenOutcome;
import io.mcpgateway.broker.client.RequestIds;
import io.mcpgateway.broker.client.modern.DiscoverResult;
import io.mcpgateway.broker.client.modern.ModernClient;
import io.mcpgateway.broker.client.modern.ModernRequest;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.era.ServerEras.LegacyLeg;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.translation.Introduction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns what a server speaks. {@code initialize} goes first: a server that only knows legacy revisions sees what it
 * always saw, and then one request that it may answer as it likes (docs/adr/037).
 */
final class EraLearner {
    private static final Logger log = LoggerFactory.getLogger(EraLearner.class);
    private static final InitializeParams PARAMS = InitializeParams.discovery("mcp-broker");
    private static final String NEWEST = ProtocolVersions.MODERN.getLast();
    /** How long a server that took initialize may think about a request that it perhaps does not know. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ServerName server;
    private final McpHttpClient http;
    private final ModernClient modern;
    private final McpTarget target;
    private final RequestIds ids = RequestIds.numbers();

    EraLearner(ServerName server, McpHttpClient http, McpTarget target) {
        this.server = server;
        this.http = http;
        this.modern = new ModernClient(http);
        this.target = target;
    }

    /** What was learned. */
    sealed interface Learned {
        record Linked(ServerLink link) implements Learned {}

        record NotLinked(DiscoveryEvent.Failed failed) implements Learned {}
    }

    /**
     * Connects to the server.
     *
     * @param asking whether a server that takes initialize is asked for a modern revision too
     * @param onNotification gets the methods of notifications, on whatever thread reads them
     */
    Learned learn(boolean asking, Consumer<String> onNotification) throws InterruptedException {
        return switch (http.open(target, PARAMS, onNotification)) {
            case OpenOutcome.Opened(var connection) -> {
                LegacyLink link = new LegacyLink(connection);
                yield asking ? initialized(link, onNotification) : new Learned.Linked(link);
            }
            case OpenOutcome.NotOpened(McpOutcome.Failure failure)
            when EraVerdict.worthAsking(failure) ->
                learned(EraVerdict.refused(failure, ask(target, Optional.empty())), Optional.empty(), onNotification);
            case OpenOutcome.NotOpened(McpOutcome.Failure failure) ->
                notLinked(McpMethod.INITIALIZE.wireName(), failure);
        };
    }

    /** Whether a server that did not speak a modern revision before does so now. */
    boolean becameModern(LegacyLink link) throws InterruptedException {
        return ask(patient(), link.connection().session().id()) instanceof DiscoverAnswer.Modern;
    }

    private Learned initialized(LegacyLink link, Consumer<String> onNotification) throws InterruptedException {
        DiscoverAnswer answer;
        try {
            answer = ask(patient(), link.connection().session().id());
        } catch (InterruptedException e) {
            end(link);
            throw e;
        }
        return learned(EraVerdict.initialized(link.leg(), answer), Optional.of(link), onNotification);
    }

    private McpTarget patient() {
        return target.within(target.limits().atMost(PATIENCE));
    }

    private Learned learned(EraVerdict verdict, Optional<LegacyLink> session, Consumer<String> onNotification) {
        return switch (verdict) {
            case EraVerdict.Modern(DiscoverAnswer.Modern answer, Optional<LegacyLeg> legacy) -> {
                session.ifPresent(this::end);
                yield new Learned.Linked(link(answer, legacy, onNotification));
            }
            case EraVerdict.Legacy() -> new Learned.Linked(session.orElseThrow());
            case EraVerdict.Unusable(String operation, McpOutcome.Failure failure) -> notLinked(operation, failure);
        };
    }

    private ServerLink link(DiscoverAnswer.Modern answer, Optional<LegacyLeg> legacy, Consumer<String> onNotification) {
        List<String> versions = answer.versions();
        DiscoverResult result = answer.result();
        boolean tasks = result.capabilities().extensions().has(McpExtensions.TASKS);
        Agreed agreed = new Agreed(
                versions.getFirst(),
                new ServerEras(legacy, versions, tasks),
                result.capabilities(),
                result.instructions());
        Introduction meta = PARAMS.introduction(versions.getFirst());
        return new ModernLink(modern, target, meta, ids, agreed, onNotification);
    }

    /** @param ours the session that stays open */
    private DiscoverAnswer ask(McpTarget asked, Optional<String> ours) throws InterruptedException {
        ModernRequest request = ModernRequest.of(McpMethod.DISCOVER, ids.next(), PARAMS.introduction(NEWEST), Map.of());
        ModernClient.Answered answered = modern.ask(asked, request);
        DiscoverAnswer answer = DiscoverAnswer.of(answered.reply());
        log.debug(
                "Asked what it speaks server={} answer={}",
                server,
                answer.getClass().getSimpleName());
        // Some legacy servers open a session for every request that names none.
        Optional<String> opened =
                answered.sessionId().filter(id -> !Optional.of(id).equals(ours));
        if (opened.isPresent() && !(answer instanceof DiscoverAnswer.Modern)) {
            end(new LegacyLink(http.resume(target, opened, ProtocolVersions.LATEST, _ -> {})));
        }
        return answer;
    }

    /** Ends a session without waiting for it. */
    void end(ServerLink link) {
        Thread.ofVirtual().name("end-session-" + server).start(() -> {
            try {
                link.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Learned notLinked(String operation, McpOutcome.Failure failure) {
        return new Learned.NotLinked(new DiscoveryEvent.Failed(operation, failure));
    }
}
