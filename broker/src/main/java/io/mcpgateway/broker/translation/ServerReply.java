package io.mcpgateway.broker.translation;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.ObjectSpans.Member;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a modern server's reply to a call is for the legacy client that made the call. */
public sealed interface ServerReply {
    /**
     * The answer to the client, with the client's own ID.
     *
     * @param otherRevision whether the server says that it does not speak the revision of the request
     */
    record Final(RawJson message, boolean otherRevision) implements ServerReply {
        public Final {
            Objects.requireNonNull(message, "message");
        }

        Final(RawJson message) {
            this(message, false);
        }
    }

    /**
     * The server wants something first.
     *
     * @param state to be sent back, a JSON value byte for byte
     */
    record Asking(List<Question> questions, Optional<RawJson> state) implements ServerReply {
        public Asking {
            questions = List.copyOf(questions);
            Objects.requireNonNull(state, "state");
        }
    }

    /** Which requests a server may answer with questions (MCP 2026-07-28, "Supported Requests"). */
    Set<McpMethod> MAY_ASK = Set.of(McpMethod.TOOLS_CALL, McpMethod.PROMPTS_GET, McpMethod.RESOURCES_READ);

    /** What a server may ask for. */
    Set<McpMethod> ASKED_FOR = Set.of(McpMethod.ELICIT, McpMethod.CREATE_MESSAGE, McpMethod.LIST_ROOTS);

    /**
     * Of a result everything stays but the ID: results of legacy revisions may have members that their client does not
     * know (MCP 2025-11-25, schema, {@code Result}), so nothing has to be cut out, however large it is.
     *
     * @param reply the server's, to the gateway's own request
     * @param id of the client's request
     * @param server its name, for the words of errors
     */
    static ServerReply of(McpMethod method, RawJson reply, JsonRpcId id, String server) {
        Optional<ObjectSpans> message = ObjectSpans.of(reply);
        Optional<Member> result = message.flatMap(object -> object.find("result"));
        Optional<Member> error = message.flatMap(object -> object.find("error"))
                .filter(found -> !found.in(reply).toString().equals("null"));
        if (message.isEmpty()
                || result.isPresent() == error.isPresent()
                || message.get().repeats()) {
            return wrong(id, "server " + server + " did not answer with a JSON-RPC response");
        }
        if (error.isPresent()) {
            return ofError(method, reply, message.get(), error.get(), id, server);
        }
        Optional<ObjectSpans> members = result.flatMap(found -> ObjectSpans.of(reply, found));
        Optional<RawJson> type =
                members.flatMap(object -> object.find(McpResults.RESULT_TYPE)).map(found -> found.in(reply));
        String kind = type.map(value -> Scalars.text(value).orElse("")).orElse(McpResults.COMPLETE);
        return switch (kind) {
            case McpResults.COMPLETE -> new Final(withId(message.get(), reply, id, List.of()));
            case McpResults.INPUT_REQUIRED -> asking(method, reply, members.orElseThrow(), id, server);
            default ->
                wrong(
                        id,
                        "server " + server + " answered with a result of an unknown type: "
                                + JsonText.excerpt(kind, Scalars.SHOWN));
        };
    }

    private static ServerReply asking(
            McpMethod method, RawJson reply, ObjectSpans result, JsonRpcId id, String server) {
        Optional<Member> requests = result.find(McpResults.INPUT_REQUESTS);
        Optional<RawJson> state = result.find(McpResults.REQUEST_STATE).map(found -> found.in(reply));
        Optional<ObjectSpans> entries = requests.flatMap(found -> ObjectSpans.of(reply, found));
        boolean stateIsText =
                state.map(value -> value.toString().startsWith("\"")).orElse(true);
        if (!MAY_ASK.contains(method)
                || !stateIsText
                || (requests.isEmpty() ? state.isEmpty() : entries.isEmpty())
                || entries.map(ObjectSpans::repeats).orElse(false)) {
            return wrong(id, "server " + server + " asks for input in a way that MCP does not allow");
        }
        List<Question> questions = new ArrayList<>();
        for (Member entry : entries.map(ObjectSpans::members).orElse(List.of())) {
            Optional<Question> question = question(reply, entry);
            if (question.isEmpty()) {
                return wrong(
                        id,
                        "server " + server + " asks for something that no client can be asked for: "
                                + JsonText.excerpt(entry.name(), Scalars.SHOWN));
            }
            questions.add(question.get());
        }
        return new Asking(questions, state);
    }

    private static Optional<Question> question(RawJson reply, Member entry) {
        Optional<ObjectSpans> request = ObjectSpans.of(reply, entry);
        Optional<RawJson> params =
                request.flatMap(object -> object.find("params")).map(found -> found.in(reply));
        return request.filter(_ ->
                        params.map(ObjectSpans::of).map(Optional::isPresent).orElse(true))
                .flatMap(object -> object.find("method"))
                .flatMap(found -> Scalars.text(found.in(reply)))
                .flatMap(McpMethod::of)
                .filter(ASKED_FOR::contains)
                .map(method -> new Question(entry.name(), method, params));
    }

    private static Final ofError(
            McpMethod method, RawJson reply, ObjectSpans message, Member error, JsonRpcId id, String server) {
        Optional<ObjectSpans> members = ObjectSpans.of(reply, error);
        Optional<Member> code = members.flatMap(object -> object.find("code"));
        String number = code.map(found -> found.in(reply).toString()).orElse("");
        Optional<ObjectSpans> data =
                members.flatMap(object -> object.find("data")).flatMap(found -> ObjectSpans.of(reply, found));
        if (number.equals(Integer.toString(JsonRpcCodes.HEADER_MISMATCH))) {
            return wrong(
                    id,
                    "server " + server + " refused the headers that the gateway made of this call"
                            + said(reply, members));
        }
        if (number.equals(Integer.toString(JsonRpcCodes.MISSING_CLIENT_CAPABILITY))) {
            return wrong(id, "server " + server + " needs a client that supports " + needed(reply, data));
        }
        if (number.equals(Integer.toString(JsonRpcCodes.UNSUPPORTED_REVISION))) {
            return new Final(
                    failed(
                            id,
                            "server " + server + " does not speak the MCP revision that the gateway used; the call was"
                                    + " not executed: repeat it in a moment"),
                    true);
        }
        boolean noResource = method == McpMethod.RESOURCES_READ
                && number.equals(Integer.toString(JsonRpcCodes.INVALID_PARAMS))
                && data.flatMap(object -> object.find("uri")).isPresent();
        List<Splice> edits = noResource
                ? List.of(code.orElseThrow().replacedBy(Integer.toString(JsonRpcCodes.RESOURCE_NOT_FOUND)))
                : List.of();
        return new Final(withId(message, reply, id, edits));
    }

    private static String said(RawJson reply, Optional<ObjectSpans> error) {
        return error.flatMap(object -> object.find("message"))
                .flatMap(found -> Scalars.text(found.in(reply)))
                .map(text -> ": " + JsonText.excerpt(text, Scalars.SHOWN))
                .orElse("");
    }

    private static String needed(RawJson reply, Optional<ObjectSpans> data) {
        String names = data.flatMap(object -> object.find("requiredCapabilities"))
                .flatMap(found -> ObjectSpans.of(reply, found))
                .map(object -> object.members().stream()
                        .map(member -> needed(reply, member))
                        .collect(Collectors.joining(", ")))
                .orElse("");
        return names.isEmpty() ? "more than yours declared at initialize" : JsonText.excerpt(names, Scalars.SHOWN);
    }

    /** Extensions each by its own name. */
    private static String needed(RawJson reply, Member capability) {
        return Optional.of(capability)
                .filter(member -> member.name().equals(McpExtensions.MEMBER))
                .flatMap(member -> ObjectSpans.of(reply, member))
                .filter(extensions -> !extensions.members().isEmpty())
                .map(extensions ->
                        extensions.members().stream().map(Member::name).collect(Collectors.joining(", ")))
                .orElse(capability.name());
    }

    private static RawJson withId(ObjectSpans message, RawJson reply, JsonRpcId id, List<Splice> further) {
        List<Splice> edits = new ArrayList<>(further);
        Optional<Member> theirs = message.find("id");
        if (theirs.isPresent()) {
            edits.add(theirs.get().replacedBy(id.json()));
        } else {
            edits.addAll(message.edit(_ -> false, List.of("\"id\":" + id.json())));
        }
        return Splice.all(edits, reply);
    }

    private static Final wrong(JsonRpcId id, String why) {
        return new Final(failed(id, why));
    }

    /** The same words for every reason why the gateway cannot go on with a call. */
    static RawJson failed(JsonRpcId id, String why) {
        return JsonRpcText.error(id, new JsonRpcError(JsonRpcCodes.INTERNAL_ERROR, why));
    }
}
