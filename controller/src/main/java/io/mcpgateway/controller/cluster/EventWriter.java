package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.conditions.EventNote;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Events about our objects, for {@code kubectl describe}. They are a courtesy: one that says again what was
 * said a moment ago, one too many for an object, or one that finds the queue full is left out, and a refusal is only
 * logged. Reconciles never wait for it.
 */
public final class EventWriter implements AutoCloseable {
    /** What is remembered to keep quiet: the last words, and how many were said since when. */
    private record Said(String reason, String message, Instant at, Instant since, int count) {
        boolean isRepeatedBy(EventNote note, Instant now) {
            return reason.equals(note.reason()) && message.equals(note.message()) && now.isBefore(at.plus(QUIET));
        }
    }

    private record Pending(HasMetadata object, EventNote note, Instant at) {}

    private static final Logger log = LoggerFactory.getLogger(EventWriter.class);
    private static final String COMPONENT = "mcp-gateway-controller";
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_PER_WINDOW = 10;
    private static final int REMEMBERED = 5_000;
    private static final int QUEUE = 2_000;

    private final ApiRequests requests;
    private final Clock clock;
    private final LinkedHashMap<String, Said> said = new LinkedHashMap<>();
    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread = Thread.ofVirtual().name("event-writer").unstarted(this::run);

    public EventWriter(ApiRequests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    public void record(HasMetadata object, List<EventNote> notes) {
        Instant now = clock.instant();
        for (EventNote note : notes) {
            if (!isNews(object, note, now)) {
                continue;
            }
            log(object, note);
            if (!queue.offer(new Pending(object, note, now))) {
                log.warn(
                        "event dropped: too many are waiting object={} reason={}", ObjectKey.of(object), note.reason());
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** A search of the log for an object's name finds what happened to it. */
    private static void log(HasMetadata object, EventNote note) {
        String message = note.message().replaceAll("\\p{Cntrl}+", " ");
        if (note.severity() == EventNote.Severity.WARNING) {
            log.warn("{} {} reason={}: {}", object.getKind(), ObjectKey.of(object), note.reason(), message);
        } else {
            log.info("{} {} reason={}: {}", object.getKind(), ObjectKey.of(object), note.reason(), message);
        }
    }

    private synchronized boolean isNews(HasMetadata object, EventNote note, Instant now) {
        String uid = object.getMetadata().getUid();
        Said last = said.remove(uid);
        if (said.size() >= REMEMBERED) {
            said.pollFirstEntry();
        }
        Said next = new Said(note.reason(), note.message(), now, now, 1);
        if (last != null && now.isBefore(last.since().plus(WINDOW))) {
            next = new Said(note.reason(), note.message(), now, last.since(), last.count() + 1);
        }
        if (last != null && (next.count() > MOST_PER_WINDOW || last.isRepeatedBy(note, now))) {
            said.put(uid, last);
            return false;
        }
        said.put(uid, next);
        return true;
    }

    private void run() {
        try {
            while (true) {
                write(queue.take());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Pending pending) {
        HasMetadata object = pending.object();
        String time = pending.at().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            requests.create(new EventBuilder()
                    .withNewMetadata()
                    .withNamespace(object.getMetadata().getNamespace())
                    .withName(object.getMetadata().getName() + "." + UUID.randomUUID())
                    .endMetadata()
                    .withNewInvolvedObject()
                    .withApiVersion(object.getApiVersion())
                    .withKind(object.getKind())
                    .withNamespace(object.getMetadata().getNamespace())
                    .withName(object.getMetadata().getName())
                    .withUid(object.getMetadata().getUid())
                    .endInvolvedObject()
                    .withType(pending.note().severity() == EventNote.Severity.WARNING ? "Warning" : "Normal")
                    .withReason(pending.note().reason())
                    .withMessage(pending.note().message())
                    .withFirstTimestamp(time)
                    .withLastTimestamp(time)
                    .withCount(1)
                    .withNewSource(COMPONENT, null)
                    .build());
        } catch (KubernetesClientException refusal) {
            if (NamespaceEnd.isCauseOf(refusal)) {
                log.debug("event not recorded: its namespace is being deleted object={}", ObjectKey.of(object));
                return;
            }
            log.warn("event not recorded object={} status={}", ObjectKey.of(object), refusal.getCode());
        } catch (RuntimeException bug) {
            log.error("event not recorded object={}", ObjectKey.of(object), bug);
        }
    }
}
