package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionLoopsTest {
    private final CompletableFuture<Executor> known = new CompletableFuture<>();

    @Test
    void aCallOnAnyThreadKnowsTheLoopOfItsConnection() throws Exception {
        ConnectionLoops loops = new ConnectionLoops();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(asking());
        loops.serve(builder);
        Server server = builder.build().start();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        try {
            ExternalProcessorGrpc.newStub(channel).process(new Processor.Stream());

            assertThat(known).succeedsWithin(Duration.ofSeconds(20));
            CompletableFuture<String> thread = new CompletableFuture<>();
            known.get().execute(() -> thread.complete(Thread.currentThread().getName()));
            assertThat(thread).succeedsWithin(Duration.ofSeconds(20)).asString().startsWith("ext-proc-loop");
        } finally {
            channel.shutdownNow();
            server.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
            loops.close();
        }
    }

    private ServerServiceDefinition asking() {
        return ServerServiceDefinition.builder(ExternalProcessorGrpc.getServiceDescriptor())
                .addMethod(ExternalProcessorGrpc.getProcessMethod(), (call, _) -> {
                    known.complete(ConnectionLoops.of(call));
                    return new ServerCall.Listener<>() {};
                })
                .build();
    }
}
