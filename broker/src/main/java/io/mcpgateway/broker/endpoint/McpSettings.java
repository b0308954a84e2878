package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.refusal.OriginRule;
import java.time.Duration;
import java.util.Objects;

/**
 * How {@code /mcp} behaves.
 *
 * @param version what {@code serverInfo.version} says
 * @param sessionLength life of a gateway session
 * @param heartbeat pause between two signs of life on an idle stream
 * @param maxStreams how many streams may be open at once; further ones get 503
 * @param maxStreamsPerSession of which this many of one session; further ones get 429
 * @param maxMessagesPerSession how many messages of one session are answered at a time; further ones get 429; 0 for any
 *     number
 * @param serverInstructions whether initialize carries what servers say about their use
 * @param origins which web pages may use it; the same that the router asks
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
