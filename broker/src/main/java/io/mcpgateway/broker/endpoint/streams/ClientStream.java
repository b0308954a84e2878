package io.mcpgateway.broker.endpoint.streams;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.McpMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One open stream of a client: others queue messages, its own thread writes. At most one {@code list_changed} of each
 * kind is pending, however many changes there were, so queueing it never waits; a message of a server waits
 * until there is room for it.
 */
public final class ClientStream {
    /** Every notification that a list has changed. */
    public static final Set<McpMethod> EVERY_CHANGE = Stream.of(CapabilityKind.values())
            .map(CapabilityKind::changedMethod)
            .collect(Collectors.toUnmodifiableSet());

    /** Why the stream's thread woke up. */
    public enum Wake {
        /** It must not write any more. */
        CLOSED,
        /** Everything was taken, and nothing follows but what the stream's own thread has to say. */
        FINISHED,
        NEWS,
        TIME_IS_UP
    }

    /** Of the answer that is a stream. */
    public static final Map<String, List<String>> HEADERS = Map.of(
            "Content-Type", List.of(MediaTypes.EVENT_STREAM),
            "Cache-Control", List.of("no-cache"),
            "X-Accel-Buffering", List.of("no"));

    private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);
    private static final int MAX_MESSAGES = 64;
    /** A larger message waits until it is the only one. */
    private static final long MAX_MESSAGE_BYTES = 256L * 1024;

    private static final Duration LONGEST_USUAL_WRITE = Duration.ofSeconds(1);

    private final StreamOwner owner;
    private final ViewRequest viewRequest;
    private final Set<McpMethod> wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Set<McpMethod> changes = new TreeSet<>(Comparator.comparing(McpMethod::wireName));
    private final Deque<RawJson> messages = new ArrayDeque<>();
    private long messageBytes;
    private boolean closed;
    /** Closes as soon as what is left has been taken. */
    private boolean concluded;

    private @Nullable Thread writer;
    private long writingSince;

    ClientStream(StreamOwner owner, ViewRequest viewRequest, Set<McpMethod> wanted) {
        this.owner = owner;
        this.viewRequest = viewRequest;
        this.wanted = Set.copyOf(wanted);
    }

    StreamOwner owner() {
        return owner;
    }

    /** Whose lists this stream watches: what its client was authorised for when it was opened. */
    ViewRequest viewRequest() {
        return viewRequest;
    }

    void listChanged(Set<CapabilityKind> kinds) {
        lock.lock();
        try {
            kinds.stream()
                    .map(CapabilityKind::changedMethod)
                    .filter(wanted::contains)
                    .forEach(changes::add);
            if (!changes.isEmpty()) {
                news.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Leaves a message, once there is room for it.
     *
     * @return whether it was taken; false means that the stream has ended
     */
    public boolean offer(RawJson message) throws InterruptedException {
        return offer(message, false);
    }

    /** The same for a message that nothing follows. */
    public boolean conclude(RawJson answer) throws InterruptedException {
        return offer(answer, true);
    }

    private boolean offer(RawJson message, boolean last) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && !concluded && !hasRoomFor(message)) {
                room.await();
            }
            if (closed || concluded) {
                return false;
            }
            concluded = last;
            messages.add(message);
            messageBytes += message.length();
            news.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(RawJson message) {
        return messages.isEmpty()
                || (messages.size() < MAX_MESSAGES && messageBytes + message.length() <= MAX_MESSAGE_BYTES);
    }

    /**
     * Ends the stream. A write in progress may finish, so the client sees a clean end; a write that its client
     * does not accept is cut off, here if it already hangs, otherwise by {@link #closeIfStuck}.
     */
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
            room.signalAll();
            cutWriteOlderThan(LONGEST_USUAL_WRITE, System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream as soon as its thread has taken what is left, and has said its last words. */
    public void finish() {
        lock.lock();
        try {
            concluded = true;
            news.signal();
            room.signalAll();
            cutWriteOlderThan(LONGEST_USUAL_WRITE, System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream if its client has not taken a write for longer than {@code limit}. */
    void closeIfStuck(long nanoTime, Duration limit) {
        lock.lock();
        try {
            cutWriteOlderThan(limit, nanoTime);
        } finally {
            lock.unlock();
        }
    }

    /** Interrupting a write breaks the connection: there is no other way out of it. */
    private void cutWriteOlderThan(Duration limit, long nanoTime) {
        if (writer != null && nanoTime - writingSince > limit.toNanos()) {
            closed = true;
            room.signalAll();
            writer.interrupt();
        }
    }

    /** Waits for something to write, on the thread that writes it. */
    public Wake await(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!closed && !concluded && nothingNew() && left > 0) {
                left = news.awaitNanos(left);
            }
            if (closed) {
                return Wake.CLOSED;
            }
            if (!nothingNew()) {
                return Wake.NEWS;
            }
            return concluded ? Wake.FINISHED : Wake.TIME_IS_UP;
        } finally {
            lock.unlock();
        }
    }

    private boolean nothingNew() {
        return changes.isEmpty() && messages.isEmpty();
    }

    /**
     * What is due: the notifications of changed lists, each once, and the messages in their order.
     *
     * @param notification the message for a changed list
     */
    public List<RawJson> takeNews(Function<McpMethod, RawJson> notification) {
        lock.lock();
        try {
            List<RawJson> due = new ArrayList<>();
            changes.forEach(method -> due.add(notification.apply(method)));
            due.addAll(messages);
            changes.clear();
            messages.clear();
            messageBytes = 0;
            room.signalAll();
            return due;
        } finally {
            lock.unlock();
        }
    }

    /** Writes a sign of life: a comment, by which a client that has left is noticed. */
    public void heartbeat(OutputStream out) throws IOException {
        write(out, HEARTBEAT);
    }

    /** Writes and flushes on the calling thread. */
    public void write(OutputStream out, byte[] bytes) throws IOException {
        begin();
        try {
            out.write(bytes);
            out.flush();
        } finally {
            end();
        }
    }

    private void begin() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the stream was closed");
            }
            writer = Thread.currentThread();
            writingSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** An interrupt meant for this write must not reach what the thread does next. */
    private void end() {
        lock.lock();
        try {
            writer = null;
            if (closed) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }
}
