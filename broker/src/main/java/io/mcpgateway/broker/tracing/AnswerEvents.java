package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.sse.SseDecoder;
import io.mcpgateway.broker.sse.SseEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** An event stream that ends with the answer to a call; without one, the call was cancelled. */
final class AnswerEvents extends OutputStream {
    /** A larger answer is one, whatever it says. */
    private static final int MOST_READ = 64 * 1024;

    private final OutputStream out;
    private final int status;
    private final Consumer<Outcome> outcomes;
    private final SseDecoder events = SseDecoder.withLimit(MOST_READ);
    private Optional<Outcome> outcome = Optional.empty();

    /** @param outcomes hears once what became of the call, if the stream comes to its end */
    AnswerEvents(OutputStream out, int status, Consumer<Outcome> outcomes) {
        this.out = out;
        this.status = status;
        this.outcomes = outcomes;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (outcome.isEmpty()) {
            events.decode(bytes, offset, offset + length).forEach(this::read);
        }
        out.write(bytes, offset, length);
    }

    private void read(SseEvent event) {
        RawJson message = RawJson.of(event.data());
        if (JsonRpcParser.parse(message) instanceof JsonRpcMessage.Reply) {
            outcome = Optional.of(Outcome.of(status, message));
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        outcomes.accept(outcome.orElseGet(() -> events.overflowed() ? Outcome.of(status) : Outcome.cancelled(status)));
        out.close();
    }
}
