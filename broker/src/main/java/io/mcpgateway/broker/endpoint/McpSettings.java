package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.refusal.OriginRule;
import java.time.Duration;
import java.util.Objects;

/**
 * The settings of {@code /mcp}.
 *
 * @param version the value of {@code serverInfo.version}
 * @param sessionLength life of a gateway session
 * @param heartbeat the interval between heartbeats on an idle stream
 * @param maxStreams how many streams may be open at once; more get 503
 * @param maxStreamsPerSession how many of them per session; more get 429
 * @param maxMessagesPerSession how many messages of one session are answered at a time; more get 429; 0 for any
 *     number
 * @param serverInstructions whether the response to initialize contains the servers' instructions
 * @param origins which web pages may use it; the same as the router's
 */
public record McpSettings(
        String version,
        Duration sessionLength,
        Duration heartbeat,
        int maxStreams,
        int maxStreamsPerSession,
        int maxMessagesPerSession,
        boolean serverInstructions,
        OriginRule origins) {
    public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(15);
    public static final int DEFAULT_MAX_STREAMS = 100_000;
    public static final int DEFAULT_MAX_STREAMS_PER_SESSION = 4;

    public McpSettings {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(sessionLength, "sessionLength");
        Objects.requireNonNull(heartbeat, "heartbeat");
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
                DEFAULT_MAX_STREAMS,
                DEFAULT_MAX_STREAMS_PER_SESSION,
                maxMessagesPerSession,
                serverInstructions,
                origins);
    }
}
