package io.mcpgateway.broker.translation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.ObjectSpans.Member;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.StrictJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a legacy server's reply to a call is for the modern client that made the call. */
public sealed interface LegacyReply {
    /**
     * The answer to the client, with the client's own ID.
     *
     * @param status of HTTP, if nothing was sent yet
     * @param otherRevision whether the server seems to speak another revision than the one that was agreed on
     */
    record Final(int status, RawJson message, boolean otherRevision) implements LegacyReply {
        public Final {
            Objects.requireNonNull(message, "message");
        }

        Final(int status, RawJson message) {
            this(status, message, false);
        }
    }

    /**
     * The call was not executed, because the user has to open some URLs first (MCP 2025-11-25, "Elicitation",
     * {@code URLElicitationRequiredError}).
     */
    record UrlsFirst(List<ServerAsk> elicitations) implements LegacyReply {
        public UrlsFirst {
            elicitations = List.copyOf(elicitations);
        }
    }

    /**
     * What the reply is for.
     *
     * @param id of the client's request
     * @param name the URI or name that the client sent
     * @param server its name, for the words of errors
     * @param gateway name and version of the gateway, a JSON object
     */
    record Request(McpMethod method, JsonRpcId id, String name, String server, RawJson gateway) {
        public Request {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(gateway, "gateway");
        }
    }

    /** Which requests may be answered with questions (MCP 2026-07-28, "Supported Requests"). */
    Set<McpMethod> MAY_ASK = Set.of(McpMethod.TOOLS_CALL, McpMethod.PROMPTS_GET, McpMethod.RESOURCES_READ);

    /**
     * What a legacy server answered to the request.
     *
     * @param reply the server's, to the gateway's own request
     */
    static LegacyReply of(Request request, RawJson reply) {
        Optional<ObjectSpans> message = ObjectSpans.of(reply);
        Optional<Member> result = message.flatMap(object -> object.find("result"));
        Optional<Member> error = message.flatMap(object -> object.find("error"))
                .filter(found -> !found.in(reply).toString().equals("null"));
        if (message.isEmpty()
                || result.isPresent() == error.isPresent()
                || message.get().repeats()) {
            return wrong(request, "did not answer with a JSON-RPC response");
        }
        if (error.isPresent()) {
            return ofError(request, reply, message.get(), error.get());
        }
        return result.flatMap(found -> ObjectSpans.of(reply, found))
                .<LegacyReply>map(members -> new Final(200, completed(request, reply, message.get(), members)))
                .orElseGet(() -> wrong(request, "answered with a result that is not an object"));
    }

    /**
     * What the schema of modern results demands is added. What a server says of its own hop ends here; all else stays
     * byte for byte.
     */
    private static RawJson completed(Request request, RawJson reply, ObjectSpans message, ObjectSpans result) {
        boolean read = request.method() == McpMethod.RESOURCES_READ;
        List<Splice> edits = new ArrayList<>();
        List<String> added = new ArrayList<>(List.of(McpResults.COMPLETE_MEMBER));
        if (read) {
            added.add("\"ttlMs\":0,\"cacheScope\":\"private\"");
        }
        String serverInfo = JsonText.quote(McpMeta.SERVER_INFO) + ":" + request.gateway();
        Optional<ObjectSpans> meta = result.find(McpMeta.MEMBER).flatMap(found -> ObjectSpans.of(reply, found));
        if (meta.isPresent()) {
            edits.addAll(meta.get().edit(key -> key.startsWith(McpMeta.PREFIX), List.of(serverInfo)));
        } else {
            added.add("\"_meta\":{" + serverInfo + "}");
        }
        edits.addAll(result.edit(
                key -> key.equals(McpResults.RESULT_TYPE)
                        || (read && (key.equals("ttlMs") || key.equals("cacheScope")))
                        || (meta.isEmpty() && key.equals(McpMeta.MEMBER)),
                added));
        edits.addAll(id(message, request.id()));
        // Some servers send a null error next to a result.
        edits.addAll(message.edit("error"::equals, List.of()));
        return Splice.all(edits, reply);
    }

    private static LegacyReply ofError(Request request, RawJson reply, ObjectSpans message, Member error) {
        Optional<ObjectSpans> members = ObjectSpans.of(reply, error);
        Optional<Member> code = members.flatMap(object -> object.find("code"));
        if (code.isEmpty()) {
            return wrong(request, "answered with an error that has no code");
        }
        List<Splice> edits = new ArrayList<>(id(message, request.id()));
        switch (code.get().in(reply).toString()) {
            case "-32601" -> {
                return new Final(404, Splice.all(edits, reply));
            }
            case "-32042" -> {
                return urlsFirst(request, reply, members.orElseThrow())
                        .orElseGet(() -> new Final(200, Splice.all(edits, reply)));
            }
            case "-32002" -> {
                edits.add(code.get().replacedBy(Integer.toString(JsonRpcCodes.INVALID_PARAMS)));
                boolean silent = request.method() == McpMethod.RESOURCES_READ
                        && members.orElseThrow().find("data").isEmpty();
                if (silent) {
                    edits.addAll(members.get()
                            .edit(_ -> false, List.of("\"data\":{\"uri\":" + JsonText.quote(request.name()) + "}")));
                }
            }
            // Sessions with the server are the gateway's business.
            case "-32001" -> edits.add(code.get().replacedBy(Integer.toString(JsonRpcCodes.INTERNAL_ERROR)));
            case "-32020", "-32021", "-32022" -> {
                Final failed = wrong(
                        request,
                        "answered as if it spoke another MCP revision than the gateway agreed on with it; the call was"
                                + " not executed: repeat it in a moment");
                return new Final(failed.status(), failed.message(), true);
            }
            default -> {}
        }
        return new Final(200, Splice.all(edits, reply));
    }

    private static Optional<LegacyReply> urlsFirst(Request request, RawJson reply, ObjectSpans error) {
        if (!MAY_ASK.contains(request.method())) {
            return Optional.empty();
        }
        List<ServerAsk> asked = error
                .find("data")
                .flatMap(found -> ObjectSpans.of(reply, found))
                .flatMap(data -> data.find("elicitations"))
                .map(found -> elements(found.in(reply)))
                .orElse(List.of())
                .stream()
                .filter(element -> ObjectSpans.of(element).isPresent())
                .map(element -> new ServerAsk(JsonRpcId.NONE, McpMethod.ELICIT, Optional.of(element)))
                .toList();
        return asked.isEmpty() ? Optional.empty() : Optional.of(new UrlsFirst(asked));
    }

    /** Of a JSON array, byte for byte; none of anything else. */
    private static List<RawJson> elements(RawJson array) {
        return array.read(bytes -> {
            List<RawJson> elements = new ArrayList<>();
            try (JsonParser parser = StrictJson.parser(bytes)) {
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        elements.add(JsonSlices.slice(parser, bytes));
                    }
                }
                return elements;
            } catch (IOException notJson) {
                return List.<RawJson>of();
            }
        });
    }

    private static List<Splice> id(ObjectSpans message, JsonRpcId id) {
        return message.find("id")
                .map(theirs -> List.of(theirs.replacedBy(id.json())))
                .orElseGet(() -> message.edit(_ -> false, List.of("\"id\":" + id.json())));
    }

    private static Final wrong(Request request, String what) {
        return new Final(
                200,
                JsonRpcText.error(
                        request.id(),
                        new JsonRpcError(JsonRpcCodes.INTERNAL_ERROR, "server " + request.server() + " " + what)));
    }
}
