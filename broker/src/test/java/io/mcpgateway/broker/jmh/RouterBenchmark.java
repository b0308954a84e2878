package io.mcpgateway.broker.jmh;

import io.mcpgateway.broker.extproc.RouterBench;
import io.mcpgateway.broker.extproc.wire.EncodedReply;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/** One request through the router, from the messages that Envoy sends to the bytes of the replies. */
public class RouterBenchmark extends CoreBenchmark {
    private final RouterBench router = new RouterBench();
    private final List<byte[]> legacyCall = router.legacyCall(false);
    private final List<byte[]> legacyCallWithToken = router.legacyCall(true);
    private final List<byte[]> modernCall = router.modernCall(false);
    private final List<byte[]> list = router.list();
    private final List<byte[]> unknownTool = router.unknownTool();

    @Benchmark
    public List<EncodedReply> legacyCall() {
        return router.run(legacyCall);
    }

    @Benchmark
    public List<EncodedReply> legacyCallWithToken() {
        return router.run(legacyCallWithToken);
    }

    @Benchmark
    public List<EncodedReply> modernCall() {
        return router.run(modernCall);
    }

    @Benchmark
    public List<EncodedReply> list() {
        return router.run(list);
    }

    @Benchmark
    public List<EncodedReply> unknownTool() {
        return router.run(unknownTool);
    }
}
