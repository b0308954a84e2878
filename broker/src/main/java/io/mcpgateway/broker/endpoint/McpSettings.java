package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.endpoint.streams.ClientStreams;
import io.mcpgateway.broker.refusal.OriginRule;
import java.time.Duration;
import java.util.Objects;

/**
 * The settings of {@code /mcp}.
 *
 * @param version the value of {@code serverInfo.version}
 * @param sessionLength life of a gateway session
 * @param heartbeat the interval between heartbeats on an idle stream
 * @param streams how many streams may be open at once; more get 503, and more of one session or caller 429
 * @param maxMessagesPerSession how many messages of one session are answered at a time; more get 429; 0 for any
 *     number
 * @param serverInstructions whether the response to initialize contains the servers' instructions
 * @param origins which web pages may use it; the same as the router's
 */
public record McpSettings(
        String version,
        Duration sessionLength,
        Duration heartbeat,
        ClientStreams.Limits streams,
        int maxMessagesPerSession,
        boolean serverInstructions,
        OriginRule origins) {
    public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(15);
    public static final ClientStreams.Limits DEFAULT_STREAMS = new ClientStreams.Limits(100_000, 4, 1_000);

    public McpSettings {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(sessionLength, "sessionLength");
        Objects.requireNonNull(heartbeat, "heartbeat");
        Objects.requireNonNull(streams, "streams");
        Objects.requireNonNull(origins, "origins");
    }

    public static McpSettings of(
            String version,
            Duration sessionLength,
            int maxMessagesPerSession,
            boolean serverInstructions,
            OriginRule origins) {
        return new McpSettings(
                version,
                sessionLength,
                DEFAULT_HEARTBEAT,
                DEFAULT_STREAMS,
                maxMessagesPerSession,
                serverInstructions,
                origins);
    }
}
