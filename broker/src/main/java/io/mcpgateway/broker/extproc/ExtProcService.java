package io.mcpgateway.broker.extproc;

import io.grpc.BindableService;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.extproc.wire.EncodedReply;
import io.mcpgateway.broker.extproc.wire.EnvoyMessage;
import io.mcpgateway.broker.extproc.wire.ProcessMethod;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Envoy's external processor (envoy.service.ext_proc.v3). Runs on gRPC's event loops: what may block goes to the
 * executor.
 *
 * <p>Takes gRPC's calls as they are. Its generated base class makes an exception, with the whole stack, of every stream
 * that Envoy ends by a reset, and that is how Envoy ends most of them.
 */
public final class ExtProcService implements BindableService {
    /** How many calls may wait for a server session at a time; more are told to try again. */
    public static final int DEFAULT_MAX_PENDING_CALLS = 1024;

    private final RequestDispatcher dispatcher;
    private final int maxBodyBytes;
    private final PendingCalls pendingCalls;
    private final Consumer<String> failures;

    /**
     * A service on these limits.
     *
     * @param maxBodyBytes larger request bodies are refused with 413
     * @param maxPendingCalls further first calls of a session are refused with 503
     * @param blocking where {@link RequestDispatcher#finish} runs: one virtual thread per task
     * @param failures hears why a request came to no decision, one of {@link #failureReasons}
     */
    public ExtProcService(
            RequestDispatcher dispatcher,
            int maxBodyBytes,
            int maxPendingCalls,
            Executor blocking,
            Consumer<String> failures) {
        this.dispatcher = Objects.requireNonNull(dispatcher, "dispatcher");
        this.maxBodyBytes = maxBodyBytes;
        this.pendingCalls = new PendingCalls(blocking, maxPendingCalls);
        this.failures = Objects.requireNonNull(failures, "failures");
    }

    /** Why a request may come to no decision. */
    public static List<String> failureReasons() {
        return Reasons.OF_FAILURES;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(ProcessMethod.SERVICE)
                .addMethod(ProcessMethod.descriptor(), (call, _) -> begin(call))
                .build();
    }

    private ServerCall.Listener<EnvoyMessage> begin(ServerCall<EnvoyMessage, EncodedReply> call) {
        Replies replies = new Replies(call, ConnectionLoops.of(call), failures);
        ExtProcStream stream = new ExtProcStream(dispatcher, pendingCalls, maxBodyBytes, replies);
        call.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(EnvoyMessage message) {
                stream.receive(message);
                call.request(1);
            }

            @Override
            public void onHalfClose() {
                stream.finish();
            }

            @Override
            public void onCancel() {
                stream.cancel();
            }
        };
    }

    int maxBodyBytes() {
        return maxBodyBytes;
    }
}
