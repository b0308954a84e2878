package io.mcpgateway.broker.tasks;

import io.mcpgateway.broker.session.ServerKey;
import java.util.Objects;
import java.util.Optional;

/**
 * A task at its server.
 *
 * @param tool what the server calls the tool whose call became the task
 * @param id the server's own
 */
public record ServerTask(ServerKey server, String tool, String id) {
    /** In no key and in no name. */
    private static final String DIVIDER = "\n";

    public ServerTask {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(id, "id");
    }

    String text() {
        return server.value() + DIVIDER + tool + DIVIDER + id;
    }

    static Optional<ServerTask> read(String text) {
        String[] parts = text.split(DIVIDER, 3);
        return parts.length == 3
                ? Optional.of(new ServerTask(new ServerKey(parts[0]), parts[1], parts[2]))
                : Optional.empty();
    }
}
