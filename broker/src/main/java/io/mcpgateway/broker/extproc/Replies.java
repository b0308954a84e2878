package io.mcpgateway.broker.extproc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.mcpgateway.broker.extproc.wire.EncodedReply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replies of one stream. Those of one step go to Envoy in one write: a process that is killed has sent all of
 * them or none, and if none, Envoy asks another replica. If a reply had started, Envoy would refuse the request.
 *
 * <p>gRPC writes what was sent when the event loop has finished its task. A task that sends everything is one write; a
 * thread beside the loop that sends one thing after the other is several.
 */
final class Replies {
    private static final Logger log = LoggerFactory.getLogger(Replies.class);

    private final ServerCall<?, EncodedReply> call;
    private final Executor loop;
    private final Consumer<String> failures;
    private List<Runnable> step = new ArrayList<>(3);
    private boolean begun;

    /**
     * The replies to this call.
     *
     * @param loop runs one task after the other, in their order
     * @param failures hears why a stream came to no decision, one of {@code Reasons.OF_FAILURES}
     */
    Replies(ServerCall<?, EncodedReply> call, Executor loop, Consumer<String> failures) {
        this.call = call;
        this.loop = loop;
        this.failures = failures;
    }

    void failed(String reason) {
        failures.accept(reason);
    }

    void next(EncodedReply reply) {
        begin();
        step.add(() -> call.sendMessage(reply));
    }

    void complete() {
        begin();
        step.add(() -> call.close(Status.OK, new Metadata()));
    }

    private void begin() {
        if (!begun) {
            begun = true;
            step.add(() -> call.sendHeaders(new Metadata()));
        }
    }

    /** Ends the step: what was said in it is on its way. To a call that was cancelled it goes nowhere. */
    void handOver() {
        if (step.isEmpty()) {
            return;
        }
        List<Runnable> whole = step;
        step = new ArrayList<>(3);
        loop.execute(() -> {
            try {
                whole.forEach(Runnable::run);
            } catch (RuntimeException bug) {
                log.error("replies not sent", bug);
            }
        });
    }
}
