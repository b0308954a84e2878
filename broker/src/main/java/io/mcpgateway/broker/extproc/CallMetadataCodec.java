package io.mcpgateway.broker.extproc;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.envoy.FilterChain;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.extproc.wire.ReplyWriter;
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

    /** An entry of a map is a message with these fields (Protocol Buffers, "Maps"). */
    private static final int KEY = 1;

    private static final int VALUE = 2;

    /** Longer ids are allowed, but do not travel: an error that takes the place of the answer then names none. */
    private static final int MAX_ID = 256;

    private CallMetadataCodec() {}

    /**
     * Writes the struct's entries.
     *
     * @param callTimeout the timeout for Envoy's router filter, if there is one
     * @param answerHeaders of {@link FilterChain#METADATA_CORS}; only the filter that adds them reads these
     */
    static void write(
            CallMetadata call, Optional<Duration> callTimeout, Map<String, String> answerHeaders, ReplyWriter into) {
        put(SERVER, call.server().value(), into);
        put(PROTOCOL, call.era().protocolVersion(), into);
        call.id().filter(id -> id.json().length() <= MAX_ID).ifPresent(id -> put(ID, id.json(), into));
        switch (call) {
            case CallMetadata.InSession inSession -> putSession(inSession, into);
            case CallMetadata.Sessionless modern -> {
                modern.state().ifPresent(binding -> put(STATE, binding.value(), into));
                modern.tasks().ifPresent(sealing -> putTasks(sealing, into));
            }
        }
        callTimeout.ifPresent(limit -> put(FilterChain.METADATA_CALL_TIMEOUT, Long.toString(limit.toMillis()), into));
        FilterChain.METADATA_CORS.forEach((header, key) -> {
            String value = answerHeaders.get(header);
            if (value != null) {
                put(key, value, into);
            }
        });
    }

    /** Writes what the last filter sends to the server, if that is the server's own credential. */
    static void write(CallAuthorization authorization, ReplyWriter into) {
        if (authorization instanceof CallAuthorization.Shared(Credential credential)) {
            put(FilterChain.METADATA_AUTHORIZATION, credential.headerValue().strip(), into);
        }
    }

    private static void putSession(CallMetadata.InSession call, ReplyWriter into) {
        put(CLIENT_TOKEN, call.clientToken(), into);
        put(SESSION, call.session().value(), into);
        call.serverSession().id().ifPresent(id -> put(SERVER_SESSION, id, into));
        if (call.onlyJson()) {
            put(ONLY_JSON, "1", into);
        }
    }

    private static void putTasks(TaskSealing sealing, ReplyWriter into) {
        put(TASK_SEAL, sealing.seal().binding().value(), into);
        put(TASK_TOOL, sealing.tool(), into);
        if (sealing.state()) {
            put(TASK_STATE, "1", into);
        }
    }

    private static void put(String key, String text, ReplyWriter into) {
        into.begin(Struct.FIELDS_FIELD_NUMBER)
                .text(KEY, key)
                .begin(VALUE)
                .text(Value.STRING_VALUE_FIELD_NUMBER, text)
                .end()
                .end();
    }

    /** Begins the struct; {@link #end} follows what is written into it. */
    static void begin(ReplyWriter into) {
        into.begin(ProcessingResponse.DYNAMIC_METADATA_FIELD_NUMBER)
                .begin(Struct.FIELDS_FIELD_NUMBER)
                .text(KEY, FilterChain.METADATA_NAMESPACE)
                .begin(VALUE)
                .begin(Value.STRUCT_VALUE_FIELD_NUMBER);
    }

    static void end(ReplyWriter into) {
        into.end().end().end().end();
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

    private static Optional<String> string(Struct values, String key) {
        Value value = values.getFieldsMap().get(key);
        return value != null && value.hasStringValue() ? Optional.of(value.getStringValue()) : Optional.empty();
    }
}
