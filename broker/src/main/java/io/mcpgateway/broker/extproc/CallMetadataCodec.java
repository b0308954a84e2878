package io.mcpgateway.broker.extproc;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.envoy.FilterChain;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.tasks.TaskSeal;
import io.mcpgateway.broker.tasks.TaskSealing;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@link CallMetadata} as Envoy's dynamic metadata: one struct of strings in the namespace that the filter chain lets
 * the router write and read. No client can write there.
 */
final class CallMetadataCodec {
    private static final String CLIENT_TOKEN = FilterChain.METADATA_SESSION;
    private static final String SESSION = "sid";
    private static final String SERVER = "server";
    private static final String SERVER_SESSION = "backend";
    private static final String PROTOCOL = "protocol";
    private static final String ID = "id";
    private static final String ONLY_JSON = "json";
    private static final String STATE = "state";
    private static final String TASK_SEAL = "task_seal";
    private static final String TASK_TOOL = "task_tool";
    private static final String TASK_STATE = "task_state";

    /** Longer ids are allowed, but do not travel: an error that takes the place of the answer then names none. */
    private static final int MAX_ID = 256;

    private CallMetadataCodec() {}

    /**
     * What goes into {@code ProcessingResponse.dynamic_metadata}: namespaces with their values.
     *
     * @param callTimeout the timeout for Envoy's router filter, if there is one
     * @param answerHeaders of {@link FilterChain#METADATA_CORS}; only the filter that adds them reads these
     */
    static Struct write(CallMetadata call, Optional<Duration> callTimeout, Map<String, String> answerHeaders) {
        Struct.Builder values = Struct.newBuilder()
                .putFields(SERVER, text(call.server().value()))
                .putFields(PROTOCOL, text(call.era().protocolVersion()));
        call.id().filter(id -> id.json().length() <= MAX_ID).ifPresent(id -> values.putFields(ID, text(id.json())));
        switch (call) {
            case CallMetadata.InSession inSession -> putSession(inSession, values);
            case CallMetadata.Sessionless modern -> {
                modern.state().ifPresent(binding -> values.putFields(STATE, text(binding.value())));
                modern.tasks().ifPresent(sealing -> putTasks(sealing, values));
            }
        }
        callTimeout.ifPresent(
                limit -> values.putFields(FilterChain.METADATA_CALL_TIMEOUT, text(Long.toString(limit.toMillis()))));
        FilterChain.METADATA_CORS.forEach((header, key) -> {
            String value = answerHeaders.get(header);
            if (value != null) {
                values.putFields(key, text(value));
            }
        });
        return inNamespace(values);
    }

    private static void putSession(CallMetadata.InSession call, Struct.Builder values) {
        values.putFields(CLIENT_TOKEN, text(call.clientToken()))
                .putFields(SESSION, text(call.session().value()));
        call.serverSession().id().ifPresent(id -> values.putFields(SERVER_SESSION, text(id)));
        if (call.onlyJson()) {
            values.putFields(ONLY_JSON, text("1"));
        }
    }

    private static void putTasks(TaskSealing sealing, Struct.Builder values) {
        values.putFields(TASK_SEAL, text(sealing.seal().binding().value())).putFields(TASK_TOOL, text(sealing.tool()));
        if (sealing.state()) {
            values.putFields(TASK_STATE, text("1"));
        }
    }

    private static Optional<TaskSealing> readTasks(Struct values) {
        Optional<TaskSeal> seal =
                string(values, TASK_SEAL).map(StateBinding::new).map(TaskSeal::new);
        Optional<String> tool = string(values, TASK_TOOL);
        return seal.isPresent() && tool.isPresent()
                ? Optional.of(new TaskSealing(
                        seal.get(), tool.get(), string(values, TASK_STATE).isPresent()))
                : Optional.empty();
    }

    /** The note, if there is one, with what the last filter sends to the server if that is the server's own credential. */
    static Optional<Struct> with(CallAuthorization authorization, Optional<Struct> note) {
        return switch (authorization) {
            case CallAuthorization.None _, CallAuthorization.Forward _ -> note;
            case CallAuthorization.Shared(Credential credential) ->
                Optional.of(inNamespace(note.map(CallMetadataCodec::values)
                        .orElseGet(Struct::newBuilder)
                        .putFields(
                                FilterChain.METADATA_AUTHORIZATION,
                                text(credential.headerValue().strip()))));
        };
    }

    private static Struct.Builder values(Struct note) {
        return note.getFieldsOrThrow(FilterChain.METADATA_NAMESPACE).getStructValue().toBuilder();
    }

    private static Struct inNamespace(Struct.Builder values) {
        return Struct.newBuilder()
                .putFields(
                        FilterChain.METADATA_NAMESPACE,
                        Value.newBuilder().setStructValue(values).build())
                .build();
    }

    /** Empty if the request was not a routed call. */
    static Optional<CallMetadata> read(Metadata metadata) {
        Struct values = metadata.getFilterMetadataMap().get(FilterChain.METADATA_NAMESPACE);
        if (values == null) {
            return Optional.empty();
        }
        Optional<ServerKey> server = string(values, SERVER).map(ServerKey::new);
        Optional<String> protocol = string(values, PROTOCOL);
        Optional<JsonRpcId> id = string(values, ID).map(JsonRpcId::new);
        if (server.isEmpty() || protocol.isEmpty()) {
            return Optional.empty();
        }
        return ProtocolVersions.modern(protocol.get())
                ? Optional.of(new CallMetadata.Sessionless(
                        server.get(),
                        new Era.Modern(protocol.get()),
                        id,
                        string(values, STATE).map(StateBinding::new),
                        readTasks(values)))
                : readSession(values, server.get(), protocol.get(), id);
    }

    private static Optional<CallMetadata> readSession(
            Struct values, ServerKey server, String protocol, Optional<JsonRpcId> id) {
        Optional<String> clientToken = string(values, CLIENT_TOKEN);
        Optional<String> session = string(values, SESSION);
        return clientToken.isEmpty() || session.isEmpty()
                ? Optional.empty()
                : Optional.of(new CallMetadata.InSession(
                        clientToken.get(),
                        new GatewaySessionId(session.get()),
                        server,
                        new ServerSession(string(values, SERVER_SESSION), protocol),
                        id,
                        string(values, ONLY_JSON).isPresent()));
    }

    /** The {@code answerHeaders} that were written, for an answer that takes the place of the server's. */
    static Map<String, String> answerHeaders(Metadata metadata) {
        Struct values = metadata.getFilterMetadataMap().get(FilterChain.METADATA_NAMESPACE);
        if (values == null) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        FilterChain.METADATA_CORS.forEach(
                (header, key) -> string(values, key).ifPresent(value -> headers.put(header, value)));
        return headers;
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Optional<String> string(Struct values, String key) {
        Value value = values.getFieldsMap().get(key);
        return value != null && value.hasStringValue() ? Optional.of(value.getStringValue()) : Optional.empty();
    }
}
