package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExtProcServerTest {
    private static final int MAX_BODY = 8 * 1024 * 1024;

    private final FakeDispatcher dispatcher = new FakeDispatcher();
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final ExtProcServer server = new ExtProcServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ExtProcService(dispatcher, MAX_BODY, 10, blocking, _ -> {}),
            false);
    private ManagedChannel channel = NettyChannelBuilder.forTarget("unused").build();

    @BeforeEach
    void start() throws Exception {
        channel.shutdownNow();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.start())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow();
        server.stop(Duration.ZERO);
        blocking.shutdownNow();
    }

    @Test
    void takesTheLargestBodyInOneMessageAndAnswersOverTheNetwork() throws Exception {
        Processor.Stream stream = new Processor.Stream();
        ExternalProcessorGrpc.newStub(channel).process(stream);
        byte[] body = new byte[MAX_BODY];

        stream.send("h")
                .send(ProcessingRequest.newBuilder()
                        .setRequestBody(HttpBody.newBuilder()
                                .setBody(ByteString.copyFrom(body))
                                .setEndOfStream(true))
                        .build())
                .halfClose();

        assertThat(stream.ended).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(Status.OK);
        assertThat(stream.names()).containsExactly("qh", "qb");
        assertThat(dispatcher.bodies.getFirst().length()).isEqualTo(MAX_BODY);
    }

    @Test
    void saysThatItServes() {
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void stoppingLetsACallInFlightEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch session = new CountDownLatch(1);
        dispatcher.withBody = FakeDispatcher::callServer;
        dispatcher.finished = () -> {
            asked.countDown();
            ExtProcPendingTest.awaited(session, "");
            return FakeDispatcher.reject(502);
        };
        Processor.Stream stream = new Processor.Stream();
        ExternalProcessorGrpc.newStub(channel).process(stream);
        stream.send("h", "B");
        asked.await();

        var stopped = blocking.submit(() -> server.stop(Duration.ofSeconds(20)));
        session.countDown();

        assertThat(stream.ended).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(Status.OK);
        assertThat(stream.names()).containsExactly("!502");
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
    }
}
