package io.mcpgateway.broker.bridge;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.sse.SseEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one call, as it comes: others leave messages, the client's own thread writes them. It is plain JSON if
 * nothing comes before the answer, else an event stream, which begins with the first message. A client that takes no
 * stream gets nothing but the answer.
 */
public final class ClientAnswer {
    private static final byte[] OPENED = ": open\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, List<String>> HEADERS = Map.of(
            "Content-Type", List.of(MediaTypes.EVENT_STREAM),
            "Cache-Control", List.of("no-cache"),
            "X-Accel-Buffering", List.of("no"));
    private static final int MAX_MESSAGES = 64;
    /** A larger message waits until it is the only one. */
    private static final long MAX_BYTES = 256L * 1024;

    private final boolean takesStream;
    private final Duration heartbeat;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<RawJson> messages = new ArrayDeque<>();
    private long bytes;
    private boolean opened;
    private boolean over;
    private @Nullable HttpAnswer last;

    public ClientAnswer(boolean takesStream, Duration heartbeat) {
        this.takesStream = takesStream;
        this.heartbeat = heartbeat;
    }

    /** Whether anything but the answer reaches the client. */
    public boolean takesStream() {
        return takesStream;
    }

    /** Begins the stream. */
    void open() {
        lock.lock();
        try {
            opened |= takesStream;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves what was said before, in front of everything else, without waiting: there has to be little of it. */
    public void begin(List<RawJson> earlier) {
        lock.lock();
        try {
            if (takesStream && !over && !earlier.isEmpty()) {
                opened = true;
                messages.addAll(earlier);
                bytes += earlier.stream().mapToLong(RawJson::length).sum();
                news.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Leaves a message, once there is room for it.
     *
     * @return whether the client may still get it
     */
    public boolean offer(RawJson message) throws InterruptedException {
        if (!takesStream) {
            return false;
        }
        lock.lockInterruptibly();
        try {
            while (!over && !hasRoomFor(message)) {
                room.await();
            }
            if (over) {
                return false;
            }
            opened = true;
            messages.add(message);
            bytes += message.length();
            news.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(RawJson message) {
        return messages.isEmpty() || (messages.size() < MAX_MESSAGES && bytes + message.length() <= MAX_BYTES);
    }

    /** Leaves the answer, after which nothing follows. */
    public void conclude(HttpAnswer answer) {
        lock.lock();
        try {
            if (!over) {
                over = true;
                last = answer;
                news.signal();
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it without an answer: the client does not want one any more. */
    public void abandon() {
        lock.lock();
        try {
            over = true;
            opened |= takesStream && last == null;
            news.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writes all of it; returns when it is over. */
    public void write(HttpExchange exchange) throws IOException, InterruptedException {
        if (!awaitStream()) {
            HttpAnswer answer = last;
            exchange.answer(answer == null ? HttpAnswer.empty(202) : answer);
            return;
        }
        OutputStream out = exchange.stream(200, HEADERS);
        write(out, OPENED);
        boolean more = true;
        while (more) {
            more = awaitNews();
            List<RawJson> due = take();
            for (RawJson message : due) {
                write(out, SseEvent.message(message).encode());
            }
            if (due.isEmpty() && more) {
                write(out, HEARTBEAT);
            }
        }
        out.close();
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Whether the answer is a stream. It becomes one if there is nothing for long, so that nobody on the way gives up. */
    private boolean awaitStream() throws InterruptedException {
        long left = heartbeat.multipliedBy(2).toNanos();
        lock.lock();
        try {
            while (!opened && !over) {
                if (!takesStream) {
                    news.await();
                } else if (left > 0) {
                    left = news.awaitNanos(left);
                } else {
                    opened = true;
                }
            }
            return opened;
        } finally {
            lock.unlock();
        }
    }

    /** Whether something may follow what is there now. */
    private boolean awaitNews() throws InterruptedException {
        long left = heartbeat.toNanos();
        lock.lock();
        try {
            while (messages.isEmpty() && !over && left > 0) {
                left = news.awaitNanos(left);
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }

    private List<RawJson> take() {
        lock.lock();
        try {
            List<RawJson> due = new ArrayList<>(messages);
            messages.clear();
            bytes = 0;
            HttpAnswer answer = last;
            if (over && answer != null) {
                due.add(answer.body());
                last = null;
            }
            room.signalAll();
            return due;
        } finally {
            lock.unlock();
        }
    }
}
