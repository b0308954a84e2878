package io.mcpgateway.controller.brokers;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.StatusJson;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.controller.fleet.BrokerReplica;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one replica for its status, again and again: a long poll while it answers, with growing pauses while not. */
final class ReplicaPoll implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReplicaPoll.class);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = WAIT.plusSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int LARGEST_REPORT = 32 * 1024 * 1024;

    private final HttpClient client;
    private final String pod;
    private final URI address;
    private final BiConsumer<BrokerReplica.Answer, BrokerReplica.Answer> news;
    private final Thread thread;
    private volatile BrokerReplica.Answer answer = new BrokerReplica.Answer.Awaited();
    private volatile boolean closed;

    /** @param address base url of the replica, without path */
    ReplicaPoll(
            HttpClient client, String pod, URI address, BiConsumer<BrokerReplica.Answer, BrokerReplica.Answer> news) {
        this.client = client;
        this.pod = pod;
        this.address = address;
        this.news = news;
        this.thread = Thread.ofVirtual().name("broker-status-" + pod).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    URI address() {
        return address;
    }

    BrokerReplica.Answer answer() {
        return answer;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!closed) {
                BrokerReplica.Answer next = ask();
                boolean told = accept(next);
                if (told && next instanceof BrokerReplica.Answer.Reported) {
                    pause = FIRST_PAUSE_MILLIS;
                } else {
                    Thread.sleep(pause + ThreadLocalRandom.current().nextLong(pause / 2));
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if it must be repeated: a bug of ours must not end the polling. */
    private boolean accept(BrokerReplica.Answer next) {
        BrokerReplica.Answer before = answer;
        if (closed || isSame(before, next)) {
            return true;
        }
        answer = next;
        if (next instanceof BrokerReplica.Answer.Unreachable(String cause)) {
            log.warn("broker does not report its status pod={} address={} cause={}", pod, address, cause);
        }
        try {
            news.accept(before, next);
            return true;
        } catch (RuntimeException bug) {
            log.error("status of a broker could not be processed, asking again pod={} address={}", pod, address, bug);
            answer = before;
            return false;
        }
    }

    /** A report after the maximum wait is not news. */
    private static boolean isSame(BrokerReplica.Answer before, BrokerReplica.Answer after) {
        if (before instanceof BrokerReplica.Answer.Reported(StatusReport old)
                && after instanceof BrokerReplica.Answer.Reported(StatusReport now)) {
            return old.revision() == now.revision() && old.configHash().equals(now.configHash());
        }
        return before.equals(after);
    }

    private BrokerReplica.Answer ask() throws InterruptedException {
        String query = answer instanceof BrokerReplica.Answer.Reported(StatusReport report)
                ? "?after=%d&wait=%ds".formatted(report.revision(), WAIT.toSeconds())
                : "";
        HttpRequest request = HttpRequest.newBuilder(address.resolve(BrokerLaunch.STATUS_PATH + query))
                .timeout(TIMEOUT)
                .GET()
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    return new BrokerReplica.Answer.Unreachable("status " + response.statusCode());
                }
                return read(body.readNBytes(LARGEST_REPORT));
            }
        } catch (HttpTimeoutException tooSlow) {
            return new BrokerReplica.Answer.Unreachable("no answer in time");
        } catch (ConnectException refused) {
            return new BrokerReplica.Answer.Unreachable("connection refused");
        } catch (IOException broken) {
            return new BrokerReplica.Answer.Unreachable(text(broken.getMessage()));
        }
    }

    private static BrokerReplica.Answer read(byte[] body) {
        return switch (StatusJson.parse(body)) {
            case StatusJson.Result.Parsed(StatusReport report) -> new BrokerReplica.Answer.Reported(report);
            case StatusJson.Result.Refused(String problem) -> new BrokerReplica.Answer.Unreachable(problem);
        };
    }

    private static String text(@Nullable String message) {
        return Objects.requireNonNullElse(message, "connection closed");
    }
}
