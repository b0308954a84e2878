package io.mcpgateway.broker.extproc;

import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The service behind a real gRPC server in this process, as Envoy talks to it. */
final class Processor implements AutoCloseable {
    /** Why streams came to no decision. */
    final List<String> failures = new CopyOnWriteArrayList<>();

    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Server server;
    private final ManagedChannel channel;

    Processor(FakeDispatcher dispatcher, int maxPendingCalls) {
        String name = InProcessServerBuilder.generateName();
        try {
            server = InProcessServerBuilder.forName(name)
                    .directExecutor()
                    .addService(new ExtProcService(
                            dispatcher, EnvoyMessages.MAX_BODY, maxPendingCalls, virtualThreads, failures::add))
                    .build()
                    .start();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    Stream open() {
        Stream stream = new Stream();
        ExternalProcessorGrpc.newStub(channel).process(stream);
        return stream;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
        virtualThreads.shutdownNow();
    }

    /** One stream, seen from Envoy. */
    static final class Stream implements ClientResponseObserver<ProcessingRequest, ProcessingResponse> {
        final List<ProcessingResponse> replies = new CopyOnWriteArrayList<>();

        /** Done when the server ended the stream; with its status if that was an error. */
        final CompletableFuture<Status> ended = new CompletableFuture<>();

        private @Nullable ClientCallStreamObserver<ProcessingRequest> requests;

        @Override
        public void beforeStart(ClientCallStreamObserver<ProcessingRequest> stream) {
            requests = stream;
        }

        Stream send(String... names) {
            for (String name : names) {
                send(EnvoyMessages.message(name));
            }
            return this;
        }

        Stream send(ProcessingRequest message) {
            Objects.requireNonNull(requests).onNext(message);
            return this;
        }

        void halfClose() {
            Objects.requireNonNull(requests).onCompleted();
        }

        void cancel() {
            Objects.requireNonNull(requests).cancel("client gone", null);
        }

        List<String> names() {
            return replies.stream().map(EnvoyMessages::nameOf).toList();
        }

        @Override
        public void onNext(ProcessingResponse reply) {
            replies.add(reply);
        }

        @Override
        public void onError(Throwable failure) {
            ended.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            ended.complete(Status.OK);
        }
    }
}
