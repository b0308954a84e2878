package io.mcpgateway.broker.endpoint.streams;

import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.session.CallerBinding;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Every open stream of this process, by its owner; bounded. */
public final class ClientStreams {
    /**
     * How many there can be at once.
     *
     * @param all of the process
     * @param perSession of one legacy client
     * @param perCaller of everyone who uses the same credential. Those who use none can have half of all: nobody can
     *     tell them apart
     */
    public record Limits(int all, int perSession, int perCaller) {
        int of(StreamOwner owner) {
            return switch (owner) {
                case StreamOwner.Session _ -> perSession;
                case StreamOwner.Caller(CallerBinding caller) ->
                    caller.equals(CallerBinding.ANONYMOUS) ? all / 2 : perCaller;
            };
        }
    }

    /** The result of opening a stream. */
    public sealed interface Opening {
        record Opened(ClientStream stream) implements Opening {
            public Opened {
                Objects.requireNonNull(stream, "stream");
            }
        }

        /** The owner has as many as it can have. */
        record TooMany(int limit) implements Opening {}

        /** The process is full, or being stopped. */
        record NoRoom(String reason) implements Opening {
            public NoRoom {
                Objects.requireNonNull(reason, "reason");
            }
        }
    }

    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<StreamOwner, Set<ClientStream>> streams = new HashMap<>();
    private int open;
    private boolean stopping;

    public ClientStreams(Limits limits) {
        this.limits = limits;
    }

    /**
     * Opens a stream.
     *
     * @param wanted which notifications of changed lists it gets
     */
    public Opening open(StreamOwner owner, ViewRequest viewRequest, Set<McpMethod> wanted) {
        lock.lock();
        try {
            if (stopping) {
                return new Opening.NoRoom("the gateway is being stopped");
            }
            if (open >= limits.all()) {
                return new Opening.NoRoom("the gateway has no room for another stream");
            }
            Set<ClientStream> ofOwner = streams.computeIfAbsent(owner, _ -> new HashSet<>());
            if (ofOwner.size() >= limits.of(owner)) {
                return new Opening.TooMany(limits.of(owner));
            }
            ClientStream stream = new ClientStream(owner, viewRequest, wanted);
            ofOwner.add(stream);
            open++;
            return new Opening.Opened(stream);
        } finally {
            lock.unlock();
        }
    }

    /** To be called once by the stream's own thread when it ends, for whatever reason. */
    public void ended(ClientStream stream) {
        lock.lock();
        try {
            Set<ClientStream> ofOwner = streams.getOrDefault(stream.owner(), Set.of());
            if (ofOwner.contains(stream)) {
                ofOwner.remove(stream);
                open--;
            }
            if (ofOwner.isEmpty()) {
                streams.remove(stream.owner());
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many are open now. */
    public int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Ends every stream of an owner. */
    public void close(StreamOwner owner) {
        List<ClientStream> ofOwner;
        lock.lock();
        try {
            ofOwner = List.copyOf(streams.getOrDefault(owner, Set.of()));
        } finally {
            lock.unlock();
        }
        ofOwner.forEach(ClientStream::close);
    }

    /** Ends every stream in good order and opens no more. */
    public void closeAll() {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
        snapshot().forEach(ClientStream::finish);
    }

    void closeStuck(long nanoTime, Duration limit) {
        snapshot().forEach(stream -> stream.closeIfStuck(nanoTime, limit));
    }

    /** Notifies every stream which of its visible lists changed; equal views are compared once. */
    void listChanged(Function<ViewRequest, Set<CapabilityKind>> changed) {
        Map<ViewRequest, Set<CapabilityKind>> answers = new HashMap<>();
        for (ClientStream stream : snapshot()) {
            stream.listChanged(answers.computeIfAbsent(stream.viewRequest(), changed));
        }
    }

    /** How many are open now. */
    public int size() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    private List<ClientStream> snapshot() {
        lock.lock();
        try {
            return streams.values().stream().flatMap(Set::stream).toList();
        } finally {
            lock.unlock();
        }
    }
}
