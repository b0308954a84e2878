package io.mcpgateway.broker.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Which servers keep a connection after a response, as far as known. Safe for several threads. */
final class KeepingServers {
    /** A server that closed one connection may have been restarted, so it gets another chance after this. */
    private static final Duration CLOSING = Duration.ofMinutes(1);

    private static final int MAX_REMEMBERED = 1000;

    private final Cache<SocketAddress, Boolean> keep = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .executor(Runnable::run)
            .build();
    private final Cache<SocketAddress, Boolean> close = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(CLOSING)
            .executor(Runnable::run)
            .build();

    /** Whether the server keeps connections; empty if that has to be found out. */
    Optional<Boolean> keeps(SocketAddress server) {
        if (close.getIfPresent(server) != null) {
            return Optional.of(false);
        }
        return Optional.ofNullable(keep.getIfPresent(server));
    }

    /** It has kept one. */
    void kept(SocketAddress server) {
        keep.put(server, true);
    }

    /** It has closed one. */
    void closed(SocketAddress server) {
        close.put(server, true);
        keep.invalidate(server);
    }
}
