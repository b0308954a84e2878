package io.mcpgateway.broker.audit;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ShownUri;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.KeyedMac;
import io.mcpgateway.broker.session.Principal;
import io.mcpgateway.broker.url.Chosen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Makes entries of calls. Pure. Unless they are asked for, arguments only appear as an HMAC-SHA256 of their bytes, because a
 * plain hash of a short argument could be guessed; equal bytes give equal digests at all replicas with the same signing key.
 */
public final class AuditReader {
    private static final String REQUEST_ID = "x-request-id";
    private static final int LONGEST_ARGUMENTS = 4096;
    private static final Era LEGACY = new Era.Legacy(ProtocolVersions.LATEST);

    /** A call, and what is known of it besides. */
    record Asked(Instant at, RequestHead head, RawJson body, Chosen url, Optional<GatewaySession> session) {}

    /** What the message of a call says. A notification has no ID. */
    private record Call(McpMethod method, JsonRpcMessage.Params params, Optional<String> id) {}

    private final KeyedMac mac;
    private final boolean withArguments;

    private AuditReader(KeyedMac mac, boolean withArguments) {
        this.mac = mac;
        this.withArguments = withArguments;
    }

    /**
     * A reader for the replicas with this key.
     *
     * @param key of the session tokens; digests are made with one derived from it
     * @param withArguments whether lines have the arguments as well
     */
    public static AuditReader withKey(byte[] key, boolean withArguments) {
        byte[] derived = KeyedMac.withKey(key).of("mcp-gateway audit arguments".getBytes(StandardCharsets.US_ASCII));
        return new AuditReader(KeyedMac.withKey(derived), withArguments);
    }

    /** Whether there is a line for this message. */
    static boolean isCall(RawJson body) {
        return call(body).isPresent();
    }

    /** For a call whose line cannot be written, in its own era. */
    static Refusal unrecorded(RawJson call) {
        return JsonRpcParser.parse(call) instanceof JsonRpcMessage.Request(var id, String _, var params)
                ? Refusals.unrecorded(id, era(params))
                : Refusals.unrecorded(JsonRpcId.NONE, LEGACY);
    }

    private static Era era(JsonRpcMessage.Params params) {
        return params.meta()
                .protocolVersion()
                .filter(ProtocolVersions::modern)
                .<Era>map(Era.Modern::new)
                .orElse(LEGACY);
    }

    /** Empty if the message is not a call: only calls have lines. */
    Optional<AuditEntry> entry(Asked asked, AuditOutcome outcome) {
        return call(asked.body()).map(call -> entry(asked, outcome, call));
    }

    private static Optional<Call> call(RawJson body) {
        return switch (JsonRpcParser.parse(body)) {
            case JsonRpcMessage.Request(var id, String method, var params) ->
                called(method).map(known -> new Call(known, params, Optional.of(id.json())));
            case JsonRpcMessage.Notification(String method, var params) ->
                called(method).map(known -> new Call(known, params, Optional.empty()));
            case JsonRpcMessage.Reply _, JsonRpcMessage.Malformed _ -> Optional.empty();
        };
    }

    private static Optional<McpMethod> called(String method) {
        return McpMethod.of(method).filter(known -> switch (known) {
            case TOOLS_CALL, PROMPTS_GET, RESOURCES_READ -> true;
            default -> false;
        });
    }

    private AuditEntry entry(Asked asked, AuditOutcome outcome, Call call) {
        JsonRpcMessage.Params params = call.params();
        RequestHeaders headers = asked.head().headers();
        Optional<Principal> caller = Principal.of(headers.all(StandardHeaders.AUTHORIZATION));
        Optional<String> modern = params.meta().protocolVersion();
        Optional<String> name = call.method() == McpMethod.RESOURCES_READ
                ? params.uri().map(uri -> ShownUri.of(uri.value()))
                : params.name().map(span -> span.value());
        Optional<RawJson> arguments = arguments(asked.body());
        Optional<CallersSpan> span = CallersSpan.of(headers, asked.body());
        return new AuditEntry.Builder()
                .text("time", asked.at().toString())
                .text("requestId", headers.first(REQUEST_ID))
                .text("traceId", span.map(CallersSpan::trace))
                .text("spanId", span.map(CallersSpan::span))
                .text("method", call.method().wireName())
                .text("name", name)
                .text("ownName", outcome.tool())
                .text("server", outcome.server())
                .text("decision", outcome.decision())
                .number("status", outcome.status())
                .number("code", outcome.code())
                .text("issuer", caller.map(Principal::issuer))
                .text("subject", caller.map(Principal::subject))
                .text("host", asked.head().authority())
                .text("path", asked.head().pathOnly())
                .text("virtualServer", virtualServer(asked))
                .text("era", modern.isPresent() ? "modern" : "legacy")
                .text("protocolVersion", modern.or(() -> asked.session().map(GatewaySession::protocolVersion)))
                .text("session", asked.session().map(session -> session.id().digest()))
                .text("id", call.id())
                .text("argumentsDigest", arguments.map(json -> HexFormat.of().formatHex(mac.of(json.bytes()))))
                .exact("arguments", arguments.filter(_ -> withArguments).map(RawJson::toString), LONGEST_ARGUMENTS)
                .build();
    }

    private static Optional<String> virtualServer(Asked asked) {
        return switch (asked.url()) {
            case Chosen.VirtualServer(String name) -> Optional.of(name);
            case Chosen.Server _ -> Optional.empty();
            case Chosen.Nothing() ->
                asked.session()
                        .flatMap(GatewaySession::virtualServer)
                        .or(() -> asked.head().headers().first(GatewayHeaders.VIRTUAL_SERVER));
        };
    }

    private static Optional<RawJson> arguments(RawJson body) {
        return ObjectSpans.of(body)
                .flatMap(message -> message.find("params"))
                .flatMap(params -> ObjectSpans.of(body, params))
                .flatMap(params -> params.find("arguments"))
                .map(arguments -> arguments.in(body));
    }
}
