package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.runtime.Termination;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the API server can be reached, and in people's words why not. */
public final class ApiServerProbe {
    private static final Logger log = LoggerFactory.getLogger(ApiServerProbe.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int TIMEOUT_MILLIS = 10_000;

    private ApiServerProbe() {}

    /**
     * Waits until it answers. Each attempt that fails is said in one line.
     *
     * @param config of the client that will be used
     * @param longest time to try
     * @param termination ends the wait, as if it had answered
     * @return false if it did not answer in time
     */
    public static boolean await(Config config, Duration longest, Termination termination) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        Config impatient = new ConfigBuilder(config)
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(TIMEOUT_MILLIS)
                .withRequestTimeout(TIMEOUT_MILLIS)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(impatient).build()) {
            for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
                Optional<String> problem = problem(client);
                if (problem.isEmpty()) {
                    return true;
                }
                if (System.nanoTime() + pause.toNanos() > end) {
                    log.error("{}; tried for {} s, giving up", problem.get(), longest.toSeconds());
                    return false;
                }
                log.warn("{}; trying again in {} s", problem.get(), pause.toSeconds());
                if (termination.await(pause)) {
                    return true;
                }
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** Any answer will do, a refusal too. */
    private static Optional<String> problem(KubernetesClient client) {
        try {
            client.raw("/version");
            return Optional.empty();
        } catch (KubernetesClientException problem) {
            return problem.getCode() > 0 ? Optional.empty() : Optional.of(text(client, problem));
        }
    }

    /** Address and cause in one line, for a request that got no answer. */
    public static String text(KubernetesClient client, Throwable problem) {
        return "the API server " + client.getMasterUrl() + " cannot be reached: " + cause(problem);
    }

    private static String cause(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case UnresolvedAddressException _ -> "its host name cannot be resolved";
            case UnknownHostException unknown -> "host name cannot be resolved: " + unknown.getMessage();
            case ConnectException refused -> Objects.requireNonNullElse(refused.getMessage(), "connection refused");
            case HttpTimeoutException _ -> "no answer in time";
            case TimeoutException _ -> "no answer in time";
            default ->
                Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
        };
    }
}
