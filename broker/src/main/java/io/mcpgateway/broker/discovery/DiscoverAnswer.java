package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.modern.DiscoverResult;
import io.mcpgateway.broker.client.modern.ModernReply;
import io.mcpgateway.broker.client.modern.UnsupportedVersion;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server's answer to {@code server/discover} says about it (MCP 2026-07-28, Versioning, "Backward Compatibility
 * with Initialization-Based Versions"). Pure.
 */
sealed interface DiscoverAnswer {
    /**
     * It speaks a modern revision that we speak.
     *
     * @param versions those of ours, newest first; at least one
     */
    record Modern(List<String> versions, DiscoverResult result) implements DiscoverAnswer {
        public Modern {
            versions = List.copyOf(versions);
            Objects.requireNonNull(result, "result");
        }
    }

    /** It understands the question, and none of the modern revisions that it speaks is ours. */
    record OtherVersions(List<String> supported) implements DiscoverAnswer {
        public OtherVersions {
            supported = List.copyOf(supported);
        }
    }

    /**
     * It does not understand the question, so it is a legacy server, or none.
     *
     * @param failure what it answered instead
     */
    record NotModern(McpOutcome.Failure failure) implements DiscoverAnswer {
        public NotModern {
            Objects.requireNonNull(failure, "failure");
        }
    }

    /** It may speak a modern revision or not: this answer must not be remembered. */
    record Unclear(McpOutcome.Failure failure) implements DiscoverAnswer {
        public Unclear {
            Objects.requireNonNull(failure, "failure");
        }
    }

    static DiscoverAnswer of(ModernReply reply) {
        return switch (reply) {
            case ModernReply.Result(RawJson result, String type) -> of(result, type);
            case ModernReply.Refused refused -> of(refused);
            case ModernReply.Failed(McpOutcome.Failure failure) ->
                isUnclear(failure) ? new Unclear(failure) : new NotModern(failure);
        };
    }

    private static DiscoverAnswer of(RawJson result, String type) {
        if (!type.equals(McpResults.COMPLETE)) {
            return new Unclear(incomplete(McpMethod.DISCOVER, type));
        }
        Optional<DiscoverResult> read = DiscoverResult.parse(result);
        if (read.isEmpty()) {
            return new NotModern(
                    new McpOutcome.ProtocolViolation("the result of server/discover has no supportedVersions"));
        }
        List<String> common = common(read.get().supportedVersions());
        return common.isEmpty() ? new OtherVersions(read.get().supportedVersions()) : new Modern(common, read.get());
    }

    private static DiscoverAnswer of(ModernReply.Refused refused) {
        McpOutcome.Failure failure = new McpOutcome.RpcError(refused.code(), refused.message());
        Optional<List<String>> supported = UnsupportedVersion.of(refused).map(UnsupportedVersion::supported);
        return switch (refused.code()) {
            // A server that refuses what it says it supports contradicts itself.
            case JsonRpcCodes.UNSUPPORTED_REVISION ->
                supported.isEmpty() || !common(supported.get()).isEmpty()
                        ? new Unclear(failure)
                        : new OtherVersions(supported.get());
            case JsonRpcCodes.HEADER_MISMATCH, JsonRpcCodes.MISSING_CLIENT_CAPABILITY -> new Unclear(failure);
            default -> new NotModern(failure);
        };
    }

    private static List<String> common(List<String> supported) {
        return ProtocolVersions.MODERN.reversed().stream()
                .filter(supported::contains)
                .toList();
    }

    /** Whether the failure is about the credential, the moment or the way to the server. */
    private static boolean isUnclear(McpOutcome.Failure failure) {
        return switch (failure) {
            case McpOutcome.HttpFailure http -> !isAboutTheRequest(http.status());
            case McpOutcome.Timeout _, McpOutcome.Unreachable _, McpOutcome.SessionLost _ -> true;
            case McpOutcome.RpcError _, McpOutcome.ProtocolViolation _ -> false;
        };
    }

    /** Whether a status says that the server does not take the request, now or ever. */
    static boolean isAboutTheRequest(int status) {
        return switch (status) {
            case 401, 403, 407, 408, 429 -> false;
            // Not Implemented.
            case 501 -> true;
            default -> status < 500;
        };
    }

    /** A result that asks for something, where nothing can be asked for. */
    static McpOutcome.Failure incomplete(McpMethod method, String type) {
        return new McpOutcome.ProtocolViolation(
                "the result of " + method + " has resultType \"" + JsonText.excerpt(type, 40) + "\"");
    }

    /** The same answer of a server that is known: whether it is there, and still what it was. */
    default DiscoveryEvent asCheck(Agreed agreed) {
        String operation = McpMethod.DISCOVER.wireName();
        return switch (this) {
            case Modern(List<String> versions, DiscoverResult result)
            when versions.equals(agreed.eras().modern())
                    && result.capabilities().equals(agreed.capabilities())
                    && result.instructions().equals(agreed.instructions()) -> new DiscoveryEvent.Answered();
            case Modern _ ->
                new DiscoveryEvent.Outdated(
                        operation, new McpOutcome.ProtocolViolation("the server declares something else each time"));
            case OtherVersions(List<String> supported) ->
                new DiscoveryEvent.Outdated(operation, EraVerdict.noneOfOurs(supported));
            case NotModern(McpOutcome.Failure failure) -> new DiscoveryEvent.Outdated(operation, failure);
            case Unclear(McpOutcome.Failure failure) -> new DiscoveryEvent.Failed(operation, failure);
        };
    }
}
