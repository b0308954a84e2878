package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.tasks.ServerTask;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The way to servers that tell of changes of their resources and tasks. Nothing here throws for what a server does or does not do.
 */
public interface ServerSubscriptions {
    /**
     * Listens at one server in the place of a client, until the result is closed.
     *
     * @param updates gets what the server says, after the server has acknowledged the subscription
     */
    Listening listen(Wish wish, Updates updates);

    /**
     * What a client wants to know from one server.
     *
     * @param client the headers of the client's request: the policies on the server's route judge the client
     * @param meta what the client's request says of the client
     * @param uris of resources of this server, as the client wrote them
     * @param tasks of this server; a wish is about resources or about tasks
     */
    record Wish(
            RequestHeaders client,
            JsonRpcMessage.Meta meta,
            ServerRoute server,
            List<String> uris,
            List<ServerTask> tasks) {
        public Wish {
            Objects.requireNonNull(client, "client");
            Objects.requireNonNull(meta, "meta");
            Objects.requireNonNull(server, "server");
            uris = List.copyOf(uris);
            tasks = List.copyOf(tasks);
            if (!uris.isEmpty() && !tasks.isEmpty()) {
                throw new IllegalArgumentException("a wish about resources and tasks");
            }
        }

        /** About resources. */
        public Wish(RequestHeaders client, JsonRpcMessage.Meta meta, ServerRoute server, List<String> uris) {
            this(client, meta, server, uris, List.of());
        }
    }

    /** Where changes go. */
    @FunctionalInterface
    interface Updates {
        /** Waits for room; answers whether anybody still listens. */
        boolean updated(ServerUpdate update) throws InterruptedException;
    }

    /** A subscription at a server. */
    interface Listening extends AutoCloseable {
        /**
         * The URIs, or the server's IDs of tasks, of whose changes the server will tell. Waits for the server's word.
         *
         * @return none if the server does not say so in time
         */
        Set<String> honoured(Duration patience) throws InterruptedException;

        /**
         * The same, and closes the subscription if it is about nothing.
         *
         * @param end a moment of {@link System#nanoTime}
         */
        default Set<String> honouredUntil(long end) throws InterruptedException {
            Set<String> told = honoured(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            if (told.isEmpty()) {
                close();
            }
            return told;
        }

        @Override
        void close();
    }
}
