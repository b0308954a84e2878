package io.mcpgateway.broker;

import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.session.SigningKey;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.warmup.WarmUp;
import io.mcpgateway.runtime.QuietThreads;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second broker in this process, on loopback and with made-up servers, to which the warm-up sends its requests. It is gone
 * afterwards, with its sessions and figures, and logs nothing (docs/adr/062).
 */
final class WarmUpWiring {
    private static final Logger log = LoggerFactory.getLogger(WarmUpWiring.class);
    private static final Address LOOPBACK = new Address("127.0.0.1", 0);

    private static final int MOST_ROUNDS = 2_000;

    /** For a request in progress, and to put everything away. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private WarmUpWiring() {}

    /** Takes at most as long as the settings say, and little more. A warm-up that fails costs nothing but its effect. */
    static void warmUp(BrokerSettings real) {
        Duration most = Duration.ofSeconds(real.get(BrokerOptions.WARM_UP_SECONDS));
        if (most.isZero()) {
            return;
        }
        CompletableFuture<WarmUp.Done> done = new CompletableFuture<>();
        try (QuietThreads quiet = QuietThreads.begin()) {
            quiet.thread("warm-up", () -> perform(real, most, done)).start();
            WarmUp.Done result = done.get(most.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            log.info(
                    "warmed up rounds={} milliseconds={} converged={}",
                    result.rounds(),
                    result.took().toMillis(),
                    result.converged());
        } catch (ExecutionException failed) {
            log.warn("the warm-up failed, so the first calls will take longer", failed.getCause());
        } catch (TimeoutException late) {
            log.warn("the warm-up has not ended after {} s and goes on, while calls are served", most.toSeconds());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void perform(BrokerSettings real, Duration most, CompletableFuture<WarmUp.Done> done) {
        try {
            done.complete(run(real, most, MOST_ROUNDS));
        } catch (StartFailure | IOException | InterruptedException | RuntimeException | LinkageError problem) {
            done.completeExceptionally(problem);
        }
    }

    /** A warm-up of at most so many rounds, whose failure is the caller's. */
    static WarmUp.Done run(BrokerSettings real, Duration most, int rounds)
            throws StartFailure, IOException, InterruptedException {
        long start = System.nanoTime();
        try (WarmUp warmUp = WarmUp.start();
                BrokerWiring broker = BrokerWiring.withMadeUpServers(settings(real, warmUp), warmUp::served)) {
            Duration left = most.minusNanos(System.nanoTime() - start);
            return warmUp.run(
                    broker.httpAddress(),
                    broker.grpcAddress(),
                    broker.embeddedAddress(),
                    new WarmUp.Bounds(left, rounds));
        }
    }

    private static BrokerSettings settings(BrokerSettings real, WarmUp warmUp) {
        byte[] key = new byte[SigningKey.MINIMUM_BYTES];
        new SecureRandom().nextBytes(key);
        return BrokerSettings.DEFAULTS
                .with(BrokerOptions.SIGNING_KEY, Optional.of(SigningKey.of(key)))
                .with(BrokerOptions.PUBLIC_HOST, Optional.of(WarmUp.publicHost()))
                .with(BrokerOptions.PRIVATE_URL, Optional.of(warmUp.gateway()))
                .with(BrokerOptions.BROKER_ADDRESS, LOOPBACK)
                .with(BrokerOptions.ROUTER_ADDRESS, LOOPBACK)
                .with(BrokerOptions.METRICS_ADDRESS, Optional.empty())
                .with(
                        BrokerOptions.EMBEDDED_GATEWAY,
                        real.get(BrokerOptions.EMBEDDED_GATEWAY).map(_ -> LOOPBACK))
                .with(BrokerOptions.DRAIN_SECONDS, 0);
    }
}
