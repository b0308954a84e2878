package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.era.ServerEras.LegacyLeg;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What follows from a server's answers to {@code initialize} and {@code server/discover} together. Pure. */
sealed interface EraVerdict {
    /** Discovery speaks a modern revision with it. */
    record Modern(DiscoverAnswer.Modern answer, Optional<LegacyLeg> legacy) implements EraVerdict {
        public Modern {
            Objects.requireNonNull(answer, "answer");
            Objects.requireNonNull(legacy, "legacy");
        }
    }

    /** Discovery goes on in the session that was initialized. */
    record Legacy() implements EraVerdict {}

    /** It cannot be used, now or at all. */
    record Unusable(String operation, McpOutcome.Failure failure) implements EraVerdict {
        public Unusable {
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(failure, "failure");
        }
    }

    /** The server took {@code initialize}: whatever else it answers, it can be used as before. */
    static EraVerdict initialized(LegacyLeg leg, DiscoverAnswer answer) {
        return answer instanceof DiscoverAnswer.Modern modern ? new Modern(modern, Optional.of(leg)) : new Legacy();
    }

    /** Whether a server that did not take {@code initialize} may speak a modern revision. */
    static boolean worthAsking(McpOutcome.Failure initialize) {
        return switch (initialize) {
            case McpOutcome.RpcError _, McpOutcome.ProtocolViolation _ -> true;
            case McpOutcome.HttpFailure http -> http.status() >= 400 && DiscoverAnswer.isAboutTheRequest(http.status());
            case McpOutcome.SessionLost _, McpOutcome.Timeout _, McpOutcome.Unreachable _ -> false;
        };
    }

    /** The server did not take {@code initialize}. */
    static EraVerdict refused(McpOutcome.Failure initialize, DiscoverAnswer answer) {
        return switch (answer) {
            case DiscoverAnswer.Modern modern -> new Modern(modern, Optional.empty());
            case DiscoverAnswer.OtherVersions(List<String> supported)
            when supported.stream().noneMatch(ProtocolVersions::supported) ->
                new Unusable(McpMethod.DISCOVER.wireName(), noneOfOurs(supported));
            case DiscoverAnswer.Unclear(McpOutcome.Failure failure)
            when saysMore(failure) -> new Unusable(McpMethod.DISCOVER.wireName(), failure);
            case DiscoverAnswer.OtherVersions _, DiscoverAnswer.NotModern _, DiscoverAnswer.Unclear _ ->
                new Unusable(McpMethod.INITIALIZE.wireName(), initialize);
        };
    }

    /** A modern server's own words, or that it wants a credential, explain more than its refusal of initialize. */
    private static boolean saysMore(McpOutcome.Failure failure) {
        return switch (failure) {
            case McpOutcome.RpcError _, McpOutcome.ProtocolViolation _ -> true;
            case McpOutcome.HttpFailure http -> http.refusedCredential();
            case McpOutcome.SessionLost _, McpOutcome.Timeout _, McpOutcome.Unreachable _ -> false;
        };
    }

    /** A server and the gateway have no revision in common. */
    static McpOutcome.Failure noneOfOurs(List<String> supported) {
        String ours = Stream.concat(ProtocolVersions.SUPPORTED.stream(), ProtocolVersions.MODERN.stream())
                .collect(Collectors.joining(", "));
        return new McpOutcome.ProtocolViolation(
                "the server speaks only MCP " + shown(supported) + "; the gateway speaks " + ours);
    }

    private static String shown(List<String> versions) {
        return versions.isEmpty()
                ? "revisions that it does not name"
                : versions.stream()
                        .limit(10)
                        .map(version -> version.replaceAll("[^A-Za-z0-9._-]", "?"))
                        .map(version -> version.substring(0, Math.min(version.length(), 40)))
                        .collect(Collectors.joining(", "));
    }
}
