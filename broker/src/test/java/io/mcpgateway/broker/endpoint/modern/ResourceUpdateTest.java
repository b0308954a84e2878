package io.mcpgateway.broker.endpoint.modern;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceUpdateTest {
    @Test
    void theIdIsReplacedAndAllElseStaysByteForByte() {
        String message =
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"big\" : 1e400,"
                        + "\"uri\":\"doc:///\\u00e4\",\"_meta\":{\"com.example/x\":{\"n\": 12345678901234567890},"
                        + "\"io.modelcontextprotocol/subscriptionId\":1,\"io.modelcontextprotocol/later\":true,"
                        + "\"traceparent\":\"00-0\"}}}";

        assertThat(passed(message))
                .contains(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"_meta\":"
                                + "{\"io.modelcontextprotocol/subscriptionId\":\"s-1\",\"com.example/x\":"
                                + "{\"n\": 12345678901234567890},\"traceparent\":\"00-0\"},\"uri\":\"doc:///ä\",\"big\":1e400}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"notifications/resources/updated\"}",
                "{\"params\":{}}",
                "{\"params\":{\"uri\":7}}",
                "{\"params\":[\"uri\"]}",
                "{\"params\":{\"uri\":\"a\"",
                "[]",
                ""
            })
    void aMessageWithoutAUriIsNone(String message) {
        assertThat(passed(message)).isEmpty();
    }

    private static Optional<String> passed(String message) {
        return ResourceUpdate.read(RawJson.of(message))
                .map(update -> update.message(new JsonRpcId("\"s-1\"")).toString());
    }
}
