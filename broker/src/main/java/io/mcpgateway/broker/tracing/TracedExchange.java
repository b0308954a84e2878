package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.endpoint.calls.LeftCalls;
import io.mcpgateway.broker.http.ExchangeAround;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the trace what comes and what goes. */
final class TracedExchange extends ExchangeAround {
    private final RequestTrace trace;
    private final TracedHandler.Spans spans;
    /** Whether the client waits for an answer; only known to the thread of the exchange. */
    private boolean request;

    /** Whether it is a call that a bridge makes: its answer may be an event stream that ends with it. */
    private boolean bridged;

    TracedExchange(HttpExchange exchange, RequestTrace trace, TracedHandler.Spans spans) {
        super(exchange);
        this.trace = trace;
        this.spans = spans;
    }

    @Override
    public RawJson body() throws IOException {
        RawJson body = super.body();
        if (spans == TracedHandler.Spans.OF_HANDLER) {
            Optional<SpokenMessage> message = SpokenMessage.of(body);
            request = message.flatMap(SpokenMessage::id).isPresent();
            bridged = request && LeftCalls.contain(headers());
            message.ifPresent(spoken ->
                    trace.received(headers(), spoken, bridged, bridged ? Decisions.BRIDGED : Decisions.ANSWERED));
        }
        return body;
    }

    @Override
    public void whenClientLeaves(Runnable action) {
        super.whenClientLeaves(() -> {
            trace.failed(Outcome.CANCELLED);
            action.run();
        });
    }

    @Override
    public void answer(HttpAnswer answer) throws IOException {
        trace.answered(Outcome.of(answer, request));
        super.answer(answer);
    }

    @Override
    public OutputStream stream(int status, Map<String, List<String>> headers) throws IOException {
        OutputStream out = new ToClient(super.stream(status, headers));
        if (bridged) {
            return new AnswerEvents(out, status, trace::answered);
        }
        trace.answered(Outcome.of(status));
        return out;
    }

    /** Where a response cannot be written, its client has left. */
    private final class ToClient extends OutputStream {
        private final OutputStream out;

        ToClient(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException left) {
                trace.failed(Outcome.CANCELLED);
                throw left;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException left) {
                trace.failed(Outcome.CANCELLED);
                throw left;
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
