package io.mcpgateway.broker.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the client declared at initialize that a server may ask of it. The three names are what the gateway itself goes
 * by; servers get {@code declared}.
 *
 * @param declared the client's {@code capabilities} as it wrote them, without what the gateway does not pass on
 */
public record ClientFeatures(boolean elicitation, boolean sampling, boolean roots, RawJson declared) {
    /** The session token contains {@code declared}, and each request has the token. */
    public static final int MAX_DECLARED_BYTES = 1536;

    public static final ClientFeatures NONE = new ClientFeatures(false, false, false);

    private static final int SHOWN_NAME = 40;
    private static final int SHOWN_NAMES = 10;
    private static final String ELICITATION = "elicitation";
    private static final String SAMPLING = "sampling";
    private static final String ROOTS = "roots";
    /** Of MCP itself, and none of its extensions. */
    private static final Set<String> ASKED_FOR = Set.of(ELICITATION, SAMPLING, ROOTS);
    /** The client would have to follow tasks by requests that no legacy client and no legacy server knows. */
    private static final String TASKS = "tasks";

    public ClientFeatures {
        Objects.requireNonNull(declared, "declared");
    }

    /** Of a client of which no more is known: each feature without any detail. */
    public ClientFeatures(boolean elicitation, boolean sampling, boolean roots) {
        this(elicitation, sampling, roots, plain(elicitation, sampling, roots));
    }

    /**
     * Of a client's {@code capabilities}; nothing if they are no JSON object. Of more than {@link #MAX_DECLARED_BYTES}
     * extensions and experiments are left out, and if it still is too much, the details of the rest.
     */
    public static ClientFeatures of(RawJson capabilities) {
        Map<String, RawJson> members = members(capabilities);
        boolean elicitation = isObject(members, ELICITATION);
        boolean sampling = isObject(members, SAMPLING);
        boolean roots = isObject(members, ROOTS);
        RawJson declared = cutTasks(members) ? object(members) : capabilities;
        if (members.isEmpty() || declared.length() > MAX_DECLARED_BYTES) {
            members.keySet().retainAll(ASKED_FOR);
            declared = object(members);
        }
        return declared.length() > MAX_DECLARED_BYTES
                ? new ClientFeatures(elicitation, sampling, roots)
                : new ClientFeatures(elicitation, sampling, roots, declared);
    }

    /** What of a client's {@code capabilities} {@link #of} leaves out for its size, fit for a log; empty if nothing. */
    public static String leftOut(RawJson capabilities) {
        Map<String, RawJson> members = members(capabilities);
        RawJson declared = cutTasks(members) ? object(members) : capabilities;
        if (declared.length() <= MAX_DECLARED_BYTES) {
            return "";
        }
        List<String> leftOut = members.keySet().stream()
                .filter(name -> !ASKED_FOR.contains(name))
                .map(name -> JsonText.excerpt(name, SHOWN_NAME))
                .toList();
        members.keySet().retainAll(ASKED_FOR);
        Stream<String> details = object(members).length() > MAX_DECLARED_BYTES
                ? members.keySet().stream().map(name -> "the details of " + name)
                : Stream.of();
        return Stream.concat(leftOut.stream(), details).limit(SHOWN_NAMES).collect(Collectors.joining(", "));
    }

    /** The names of the capabilities, separated by commas; empty if there is none. */
    public String names() {
        return names(elicitation, sampling, roots).collect(Collectors.joining(","));
    }

    /** Whether any server request can be answered by this client at all. */
    public boolean canBeAsked() {
        return elicitation || sampling || roots;
    }

    /** Whether {@code declared} says more than the names do. */
    public boolean hasDetails() {
        return !declared.equals(plain(elicitation, sampling, roots));
    }

    private static Stream<String> names(boolean elicitation, boolean sampling, boolean roots) {
        return Stream.of(elicitation ? ELICITATION : "", sampling ? SAMPLING : "", roots ? ROOTS : "")
                .filter(name -> !name.isEmpty());
    }

    private static RawJson plain(boolean elicitation, boolean sampling, boolean roots) {
        return RawJson.of(names(elicitation, sampling, roots)
                .map(name -> JsonText.quote(name) + ":{}")
                .collect(Collectors.joining(",", "{", "}")));
    }

    /** Whether there were any, as a part of MCP or as an extension of it. */
    private static boolean cutTasks(Map<String, RawJson> members) {
        boolean ofMcp = members.remove(TASKS) != null;
        RawJson extensions = members.get(McpExtensions.MEMBER);
        List<Splice> cuts = Optional.ofNullable(extensions)
                .flatMap(ObjectSpans::of)
                .map(object -> object.edit(McpExtensions.TASKS::equals, List.of()))
                .orElse(List.of());
        if (extensions == null || cuts.isEmpty()) {
            return ofMcp;
        }
        members.put(McpExtensions.MEMBER, Splice.all(cuts, extensions));
        return true;
    }

    private static RawJson object(Map<String, RawJson> members) {
        return RawJson.of(members.entrySet().stream()
                .map(member -> JsonText.quote(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}")));
    }

    private static boolean isObject(Map<String, RawJson> members, String name) {
        RawJson value = members.get(name);
        return value != null && value.toString().startsWith("{");
    }

    private static Map<String, RawJson> members(RawJson capabilities) {
        Map<String, RawJson> members = new LinkedHashMap<>();
        byte[] json = capabilities.bytes();
        try (JsonParser parser = JsonSlices.openObject(json)) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, JsonSlices.slice(parser, json));
            }
            JsonSlices.expectEnd(parser);
        } catch (IOException | ArithmeticException notAnObject) {
            return new LinkedHashMap<>();
        }
        return members;
    }
}
