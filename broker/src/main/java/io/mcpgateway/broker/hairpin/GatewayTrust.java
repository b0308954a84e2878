package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.network.TlsVerdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether TLS with the gateway's own listener works. A call would show it too, but only when there is one, and lists
 * need no listener. It is checked at the start, rarely while it works, and often while it does not. A missing
 * listener, or no connection, does not count.
 */
public final class GatewayTrust implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GatewayTrust.class);
    private static final Duration WHILE_TRUSTED = Duration.ofMinutes(1);
    private static final Duration WHILE_NOT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int NO_BYTES = 1;

    private final ServerAccess access;
    private final Consumer<Optional<String>> found;
    private final Thread thread = Thread.ofVirtual().name("gateway-trust").unstarted(this::run);

    /** @param found receives the reason if TLS fails, and empty if it works; not called while there is no connection */
    public GatewayTrust(ServerAccess access, Consumer<Optional<String>> found) {
        this.access = access;
        this.found = found;
    }

    /** Does nothing for a listener without TLS. */
    public void start() {
        if (access.settings().isTls()) {
            thread.start();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(look() instanceof TlsVerdict.Works ? WHILE_TRUSTED : WHILE_NOT);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private TlsVerdict look() throws InterruptedException {
        try {
            TlsVerdict verdict = access.client().tls(target());
            switch (verdict) {
                case TlsVerdict.Works _ -> found.accept(Optional.empty());
                case TlsVerdict.Fails(String reason) -> found.accept(Optional.of(reason));
                case TlsVerdict.Unknown _ -> {}
            }
            return verdict;
        } catch (RuntimeException e) {
            log.error("Cannot tell whether the gateway's listener is trusted", e);
            return new TlsVerdict.Unknown();
        }
    }

    private McpTarget target() {
        HairpinSettings settings = access.settings();
        return new McpTarget(
                settings.through("/"),
                Map::of,
                new HttpLimits(TIMEOUT, TIMEOUT, TIMEOUT, NO_BYTES, NO_BYTES),
                access.authorities().get().stream().toList(),
                settings.certificateName());
    }
}
