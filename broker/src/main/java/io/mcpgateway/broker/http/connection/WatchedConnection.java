package io.mcpgateway.broker.http.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.Set;

/** Helidon's connection, which handlers can ask for its {@link ClientConnection}. */
final class WatchedConnection implements ServerConnection, InterruptableTask<Void> {
    /** A connection has one thread, on which its handlers run. */
    static final ScopedValue<ClientConnection> CURRENT = ScopedValue.newInstance();

    private final ServerConnection connection;
    private final ClientConnection client;
    private final Set<ClientConnection> open;

    WatchedConnection(ServerConnection connection, ClientConnection client, Set<ClientConnection> open) {
        this.connection = connection;
        this.client = client;
        this.open = open;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        open.add(client);
        try {
            ScopedValue.where(CURRENT, client).<Void, InterruptedException>call(() -> {
                connection.handle(limit);
                return null;
            });
        } finally {
            open.remove(client);
        }
    }

    @Override
    public Duration idleTime() {
        return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        connection.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
        return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
