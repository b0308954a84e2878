package io.mcpgateway.broker.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.MergedInstructions;
import io.mcpgateway.broker.endpoint.McpMessages.Answered;
import io.mcpgateway.broker.endpoint.answers.AdvertisedCapabilities;
import io.mcpgateway.broker.endpoint.answers.AdvertisedExtensions;
import io.mcpgateway.broker.endpoint.answers.ServerInfo;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.RevisionRefusals;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.mcpgateway.broker.url.Chosen;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code initialize} (MCP 2025-11-25, Lifecycle): a new session each time, whatever session the request names. The
 * {@code MCP-Protocol-Version} header is not judged here: the body says what the client wants.
 */
final class SessionStart {
    private static final Logger log = LoggerFactory.getLogger(SessionStart.class);
    private static final int SHOWN_REVISION = 64;

    private final McpSettings settings;
    private final McpServices services;

    SessionStart(McpSettings settings, McpServices services) {
        this.settings = settings;
        this.services = services;
    }

    /** @param url what the request's URL chooses */
    Answered answer(Chosen url, RequestHeaders headers, JsonRpcId id, RawJson body) {
        GatewaySnapshot snapshot = services.cell().get();
        CapabilityView view = CapabilityView.resolve(services.viewRequest(url, headers), snapshot.table());
        if (view instanceof CapabilityView.Refused(String reason)) {
            return Answered.withoutVersion(
                    HttpAnswer.error(400, id, new JsonRpcError(JsonRpcCodes.INVALID_PARAMS, reason)));
        }
        RequestParams params = RequestParams.read(body);
        ServedRevisions served = snapshot.table().revisions(view);
        Optional<String> revision = served.negotiated(params.protocolVersion());
        if (revision.isEmpty()) {
            return refused(headers, id, params.protocolVersion(), served);
        }
        Instant now = services.clock().instant();
        GatewaySession session = new GatewaySession(
                new GatewaySessionId(services.ids().get().toString()),
                now.plus(settings.sessionLength()).truncatedTo(ChronoUnit.SECONDS),
                CallerBinding.seen(headers),
                url,
                url.isNothing() ? headers.first(GatewayHeaders.VIRTUAL_SERVER) : Optional.empty(),
                revision.get(),
                params.features());
        services.store().begun(session);
        services.metrics().sessionStarted(session.protocolVersion());
        log.info(
                "session created session={} protocol={} url={} virtualServer={}",
                session.id(),
                session.protocolVersion(),
                url.path(),
                session.virtualServer().orElse("-"));
        if (!params.leftOut().isEmpty()) {
            log.info(
                    "client capabilities shortened for servers session={} limit={} bytes left out: {}",
                    session.id(),
                    ClientFeatures.MAX_DECLARED_BYTES,
                    params.leftOut());
        }
        HttpAnswer answer = HttpAnswer.json(
                        200, JsonRpcText.result(id, result(session.protocolVersion(), snapshot, view)))
                .with("Mcp-Session-Id", services.tokens().issue(session, now));
        return new Answered(session.protocolVersion(), answer);
    }

    private static Answered refused(
            RequestHeaders headers, JsonRpcId id, Optional<String> requested, ServedRevisions served) {
        log.info(
                "initialize refused: no allowed revision has it; requested={} allowed={} virtualServer={}",
                requested
                        .map(version -> JsonText.excerpt(version, SHOWN_REVISION))
                        .orElse("-"),
                served.newestFirst(),
                headers.first(GatewayHeaders.VIRTUAL_SERVER).orElse("-"));
        return new Answered(
                requested.filter(ProtocolVersions.NEWEST_FIRST::contains).orElse(GatewayMetrics.NO_VERSION),
                HttpAnswer.of(RevisionRefusals.ofInitialize(id, requested, served)));
    }

    private RawJson result(String protocolVersion, GatewaySnapshot snapshot, CapabilityView view) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("protocolVersion", protocolVersion);
        List<McpServer> servers = snapshot.config().servers();
        result.set(
                "capabilities",
                AdvertisedCapabilities.ofSession(
                        view,
                        snapshot.reports(),
                        AdvertisedExtensions.toLegacy(servers, snapshot.reports(), view::servers)));
        result.set("serverInfo", new ServerInfo(settings.version()).json());
        if (settings.serverInstructions()) {
            MergedInstructions.of(servers, snapshot.reports(), view)
                    .ifPresent(text -> result.put("instructions", text));
        }
        return RawJson.of(result.toString());
    }
}
