package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.mcpgateway.broker.client.RpcMessage;
import io.mcpgateway.broker.client.modern.DiscoverResult;
import io.mcpgateway.broker.client.modern.ListChanges;
import io.mcpgateway.broker.client.modern.ModernReply;
import io.mcpgateway.broker.client.modern.UnsupportedVersion;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers of servers to the gateway's own requests: whatever they are, they are read as something, byte for byte. */
public final class ServerAnswerFuzz {
    static final List<String> SEEDS = List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                    + "\"capabilities\":{\"tools\":{\"listChanged\":true}},\"instructions\":\"Ask.\"}}",
            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32022,\"message\":\"m\",\"data\":{\"supported\":[\"2025-11-25\"]}}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{\"notifications\":"
                    + "{\"toolsListChanged\":true}}}",
            "[{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":1.0}]",
            "{\"supportedVersions\":[\"2026-07-28\",7],\"capabilities\":{}}",
            "{\"supported\":[\"2027-01-01\"],\"requested\":\"2026-07-28\"}");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private ServerAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        RawJson json = RawJson.of(input);
        DiscoverResult.parse(json)
                .ifPresent(result -> assertThat(result.supportedVersions()).doesNotContainNull());
        ListChanges changes = ListChanges.acknowledged(json);
        assertThat(ListChanges.acknowledged(acknowledging(changes))).isEqualTo(changes);
        UnsupportedVersion.of(new ModernReply.Refused(400, -32022, "", Optional.of(json)))
                .ifPresent(refused -> assertThat(refused.supported()).hasSizeLessThanOrEqualTo(50));
        switch (RpcMessage.parseAnswer(input)) {
            case RpcMessage.Result(String _, RawJson result) -> readable(result);
            case RpcMessage.Refusal refusal -> refusal.data().ifPresent(ServerAnswerFuzz::readable);
            case RpcMessage.Notification(String method) -> assertThat(method).isNotEmpty();
            case RpcMessage.ServerRequest request -> assertThat(request.id()).isNotEmpty();
            case RpcMessage.Malformed(String reason) -> assertThat(reason).isNotEmpty();
        }
    }

    private static RawJson acknowledging(ListChanges changes) {
        return RawJson.of("{\"params\":{\"notifications\":" + changes.filter() + "}}");
    }

    private static void readable(RawJson json) {
        try (JsonParser parser = JSON.createParser(json.bytes())) {
            assertThat(parser.nextToken()).isNotNull();
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        } catch (IOException cut) {
            throw new java.io.UncheckedIOException("cuts out what is not JSON", cut);
        }
    }
}
