package io.mcpgateway.broker.jmh;

import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Strict reading of a client's message. */
public class MessageBenchmark extends CoreBenchmark {
    /** Length of the text among the arguments, in bytes. */
    @Param({"100", "262144"})
    public int text;

    private byte[] call = {};

    @Setup
    public void makeCall() {
        call = ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"one_greet\","
                        + "\"arguments\":{\"text\":\"" + "x".repeat(text) + "\",\"count\":12345678901234567890}}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public JsonRpcMessage parse() {
        return JsonRpcParser.parse(call);
    }
}
