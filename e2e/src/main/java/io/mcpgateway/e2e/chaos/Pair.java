package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.words.Era;
import io.mcpgateway.e2e.words.Executions;
import io.mcpgateway.e2e.words.WordServer;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;

/** Two servers, one of each era, that do the same. */
record Pair(WordServer legacy, WordServer modern) implements AutoCloseable {
    Pair {
        Objects.requireNonNull(legacy, "legacy");
        Objects.requireNonNull(modern, "modern");
    }

    static Pair start(Executions executions) throws IOException {
        return new Pair(WordServer.start(0, Era.LEGACY, executions), WordServer.start(0, Era.MODERN, executions));
    }

    /** The same ports, but all state is lost. */
    Pair startAgain(Executions executions) throws IOException {
        return new Pair(
                WordServer.start(legacy.port(), Era.LEGACY, executions),
                WordServer.start(modern.port(), Era.MODERN, executions));
    }

    void each(Consumer<WordServer> action) {
        action.accept(legacy);
        action.accept(modern);
    }

    @Override
    public void close() {
        each(WordServer::close);
    }
}
