package io.mcpgateway.broker.extproc;

import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc.ExternalProcessorImplBase;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Envoy's external processor (envoy.service.ext_proc.v3). Runs on gRPC's event loops: what may block goes to the
 * executor.
 */
public final class ExtProcService extends ExternalProcessorImplBase {
    /** How many calls may wait for a backend session at a time; more are told to try again. */
    public static final int DEFAULT_MAX_PENDING_CALLS = 1024;

    private final RequestDispatcher dispatcher;
    private final int maxBodyBytes;
    private final PendingCalls pendingCalls;

    /**
     * A service on these limits.
     *
     * @param maxBodyBytes larger request bodies are refused with 413
     * @param maxPendingCalls further first calls of a session are refused with 503
     * @param blocking where {@link RequestDispatcher#finish} runs: one virtual thread per task
     */
    public ExtProcService(RequestDispatcher dispatcher, int maxBodyBytes, int maxPendingCalls, Executor blocking) {
        this.dispatcher = Objects.requireNonNull(dispatcher, "dispatcher");
        this.maxBodyBytes = maxBodyBytes;
        this.pendingCalls = new PendingCalls(blocking, maxPendingCalls);
    }

    @Override
    public StreamObserver<ProcessingRequest> process(StreamObserver<ProcessingResponse> peer) {
        Replies replies = new Replies(peer, ConnectionLoops.OF_CALL.get());
        ExtProcStream stream = new ExtProcStream(dispatcher, pendingCalls, maxBodyBytes, replies);
        // With a handler, sending to a cancelled call does nothing instead of throwing.
        ((ServerCallStreamObserver<ProcessingResponse>) peer).setOnCancelHandler(stream::onCancel);
        return stream;
    }

    int maxBodyBytes() {
        return maxBodyBytes;
    }
}
