package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.catalog.ServerStatusText;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.SessionAffinity;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acts for one server until its thread is interrupted: asks {@link DiscoveryStep} what to do, does it, tells what came. */
final class DiscoveryLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(DiscoveryLoop.class);

    private final DiscoveryContext context;
    private final McpTarget target;
    private final EraLearner learner;
    private final DiscoveryState initial;
    private volatile McpServer server;
    private volatile boolean retired;
    private volatile Signals signals = new Signals();
    private @Nullable ServerLink link;
    private @Nullable Thread watch;

    DiscoveryLoop(McpServer server, DiscoveryState initial, DiscoveryContext context) {
        this.server = server;
        this.initial = initial;
        this.context = context;
        // The broker's own session with the server is like one of a client's.
        SessionAffinity affinity = SessionAffinity.of(
                new GatewaySessionId(UUID.randomUUID().toString()),
                ServerKey.of(server.name().value(), server.url()));
        this.target = new McpTarget(
                server.url(),
                () -> headers(server, affinity),
                context.limits(),
                server.caCertificates().stream().toList());
        this.learner = new EraLearner(server.name(), context.client(), target);
    }

    /** Takes a new description that needs no new connection. */
    void describe(McpServer next) {
        server = next;
    }

    /** From now on nothing is published any more. */
    void retire() {
        retired = true;
    }

    /** What was agreed with the server may not hold any more. */
    void doubt() {
        signals.raise(Signals.Signal.DOUBTED);
    }

    @Override
    public void run() {
        try {
            DiscoveryStep step = DiscoveryStep.start(initial, moment());
            while (true) {
                step.effects().forEach(this::perform);
                DiscoveryEvent event = execute(step.next());
                step = DiscoveryStep.apply(step.state(), event, moment());
            }
        } catch (InterruptedException e) {
            // The loop ends. The flag stays clear, so the session can still be ended.
            log.debug("Discovery stopped server={}", server.name());
        } finally {
            endSession();
        }
    }

    private DiscoveryStep.Moment moment() {
        return new DiscoveryStep.Moment(
                context.clock().instant(), context.chance().getAsDouble(), context.timing());
    }

    private void perform(DiscoveryEffect effect) {
        switch (effect) {
            case DiscoveryEffect.Publish(var report) -> {
                if (!retired) {
                    context.reports().accept(report);
                }
            }
            case DiscoveryEffect.StartWatch() -> startWatch();
            case DiscoveryEffect.Disconnect(boolean tellServer) -> disconnect(tellServer);
            case DiscoveryEffect.LogDiscovered(Listings listings, String protocolVersion) -> {
                log.info(
                        "Discovered tools server={} url={} prefix={} {} protocol={}",
                        server.name(),
                        target.displayUrl(),
                        server.toolPrefix(),
                        counts(listings),
                        protocolVersion);
                ServerStatusText.oddities(listings)
                        .ifPresent(oddities -> log.warn("Odd definitions server={} {}", server.name(), oddities));
            }
            case DiscoveryEffect.TellRenewed() -> context.renewed().accept(server.name());
            case DiscoveryEffect.LogAuthFailure(String message) ->
                log.warn(
                        "Upstream auth failure server={} url={} cause={}", server.name(), target.displayUrl(), message);
            case DiscoveryEffect.LogFailure(String message) ->
                log.warn("Upstream failure server={} url={} cause={}", server.name(), target.displayUrl(), message);
        }
    }

    /** Tools always; of the other kinds those that there are. */
    private static String counts(Listings listings) {
        StringBuilder counts = new StringBuilder();
        for (CapabilityKind kind : CapabilityKind.values()) {
            int count = listings.of(kind).items().size();
            if (kind == CapabilityKind.TOOL || count > 0) {
                counts.append(counts.isEmpty() ? "" : " ").append(kind.listMember());
                counts.append('=').append(count);
            }
        }
        return counts.toString();
    }

    private DiscoveryEvent execute(DiscoveryOperation operation) throws InterruptedException {
        if (operation instanceof DiscoveryOperation.Await(Duration duration)) {
            return signals.await(duration);
        }
        Instant start = context.clock().instant();
        DiscoveryEvent event;
        try {
            event = exchange(operation);
        } catch (RuntimeException e) {
            // A defect of ours must not end discovery of this server for good.
            log.error("Discovery failed unexpectedly server={}", server.name(), e);
            event = new DiscoveryEvent.Failed(
                    "discovery", new McpOutcome.ProtocolViolation("internal error, see the broker's log"));
        }
        Instant end = context.clock().instant();
        String name = server.name().value();
        if (event instanceof DiscoveryEvent.Failed failed) {
            context.metrics().discovered(name, "failure", Duration.between(start, end));
            return new DiscoveryEvent.Failed(failed.operation(), CredentialFilter.of(server, failed.failure()));
        }
        if (event instanceof DiscoveryEvent.Outdated outdated) {
            return new DiscoveryEvent.Outdated(outdated.operation(), CredentialFilter.of(server, outdated.failure()));
        }
        if (event instanceof DiscoveryEvent.Listed listed) {
            String status = listed.refused().containsKey(CapabilityKind.TOOL) ? "failure" : "success";
            context.metrics().discovered(name, status, Duration.between(start, end));
            Map<CapabilityKind, McpOutcome.Failure> refused = new EnumMap<>(CapabilityKind.class);
            listed.refused().forEach((kind, failure) -> refused.put(kind, CredentialFilter.of(server, failure)));
            return new DiscoveryEvent.Listed(listed.lists(), refused, listed.hints());
        }
        return event;
    }

    private DiscoveryEvent exchange(DiscoveryOperation operation) throws InterruptedException {
        ServerLink open = link;
        if (open == null) {
            return connect(!(operation instanceof DiscoveryOperation.Connect(boolean asking)) || asking);
        }
        if (operation instanceof DiscoveryOperation.ListAgain(Set<CapabilityKind> kinds)) {
            return new CapabilityLister(open, context.clock(), CapabilityLister.Bounds.DEFAULT).list(kinds);
        }
        return operation instanceof DiscoveryOperation.Relearn ? relearn(open) : open.check();
    }

    private DiscoveryEvent connect(boolean asking) throws InterruptedException {
        Signals fresh = new Signals();
        return switch (learner.learn(asking, fresh::notified)) {
            case EraLearner.Learned.NotLinked(DiscoveryEvent.Failed failed) -> failed;
            case EraLearner.Learned.Linked(ServerLink opened) -> {
                link = opened;
                signals = fresh;
                yield new DiscoveryEvent.Connected(opened.agreed());
            }
        };
    }

    /**
     * Asks what the server speaks and declares today; goes on in the new way only if it is another one. A legacy server
     * that has tools is not asked for a second session. A modern one remains one as long as it says so itself.
     */
    private DiscoveryEvent relearn(ServerLink open) throws InterruptedException {
        boolean hasTools = open.agreed().capabilities().has(CapabilityKind.TOOL.capability());
        if (hasTools && open instanceof LegacyLink legacy && !learner.becameModern(legacy)) {
            return new DiscoveryEvent.Relearned();
        }
        if (open instanceof ModernLink) {
            DiscoveryEvent checked = open.check();
            if (!(checked instanceof DiscoveryEvent.Answered)) {
                return checked;
            }
        }
        Signals fresh = new Signals();
        return switch (learner.learn(true, fresh::notified)) {
            case EraLearner.Learned.NotLinked(DiscoveryEvent.Failed failed) ->
                open instanceof ModernLink ? new DiscoveryEvent.Relearned() : failed;
            case EraLearner.Learned.Linked(ServerLink second)
            when second.agreed().equals(open.agreed())
                    || (open instanceof ModernLink && second instanceof LegacyLink) -> {
                learner.end(second);
                yield new DiscoveryEvent.Relearned();
            }
            case EraLearner.Learned.Linked(ServerLink second) -> {
                disconnect(true);
                link = second;
                signals = fresh;
                yield new DiscoveryEvent.Connected(second.agreed());
            }
        };
    }

    private void startWatch() {
        ServerLink open = link;
        if (open != null) {
            ChangeWatch task = new ChangeWatch(open, signals, context.timing(), context.clock(), context.chance());
            watch = Thread.ofVirtual().name("watch-" + server.name()).start(task);
        }
    }

    private void disconnect(boolean tellServer) {
        ServerLink closing = link;
        stopWatch();
        link = null;
        signals = new Signals();
        if (closing != null && tellServer) {
            learner.end(closing);
        }
    }

    private void endSession() {
        stopWatch();
        if (link != null) {
            try {
                link.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void stopWatch() {
        if (watch != null) {
            watch.interrupt();
            watch = null;
        }
    }

    private static Map<String, String> headers(McpServer server, SessionAffinity affinity) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(StandardHeaders.USER_AGENT, "mcp-broker");
        headers.put(GatewayHeaders.SESSION_AFFINITY, affinity.value());
        // Secrets made from files often end with a line break.
        server.credential()
                .ifPresent(credential -> headers.put(
                        StandardHeaders.AUTHORIZATION, credential.headerValue().strip()));
        return headers;
    }
}
