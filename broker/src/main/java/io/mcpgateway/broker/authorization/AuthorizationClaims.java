package io.mcpgateway.broker.authorization;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.broker.json.StrictJson;
import io.mcpgateway.broker.json.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of a JWT in which the authorization layer says what a caller may use, its signature checked already.
 *
 * @param notBefore {@code nbf}
 * @param expiresAt {@code exp}
 * @param says what it allows
 */
public record AuthorizationClaims(Optional<Instant> notBefore, Optional<Instant> expiresAt, Statement says) {
    /** In header {@code x-authorized-tools}: {@code {"<server>":["<tool>",...]}}, as text or as an object. */
    public static final String ALLOWED_TOOLS = "allowed-tools";

    /** In header {@code x-mcp-authorized}: {@code {"tools":{...},"prompts":{...},"resources":{...}}}, likewise. */
    public static final String ALLOWED_CAPABILITIES = "allowed-capabilities";

    private static final List<String> SORTS = List.of("tools", "prompts", "resources");
    private static final double LAST_SECOND = 253_402_300_799.0; // of the year 9999
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a header allows of each kind; empty for a kind that it does not mention.
     *
     * @param resources and resource templates, by URI and URI template as their server lists them
     */
    public record Statement(
            Optional<AuthorizedNames.Only> tools,
            Optional<AuthorizedNames.Only> prompts,
            Optional<AuthorizedNames.Only> resources) {
        /** No statement at all. */
        public static final Statement NONE = new Statement(Optional.empty(), Optional.empty(), Optional.empty());

        public Statement {
            Objects.requireNonNull(tools, "tools");
            Objects.requireNonNull(prompts, "prompts");
            Objects.requireNonNull(resources, "resources");
        }

        /** A statement about tools only. */
        public static Statement ofTools(AuthorizedNames.Only tools) {
            return new Statement(Optional.of(tools), Optional.empty(), Optional.empty());
        }

        /** The same statement about every sort. */
        public static Statement ofAll(AuthorizedNames.Only names) {
            return new Statement(Optional.of(names), Optional.of(names), Optional.of(names));
        }
    }

    /** The result of reading. */
    public sealed interface Reading {
        record Claims(AuthorizationClaims claims) implements Reading {
            public Claims {
                Objects.requireNonNull(claims, "claims");
            }
        }

        /** Such a token allows nothing. The reason holds no part of it. */
        record Malformed(String reason) implements Reading {
            public Malformed {
                Objects.requireNonNull(reason, "reason");
            }
        }
    }

    public AuthorizationClaims {
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(says, "says");
    }

    /** Reads the payload of {@code x-authorized-tools}, which must speak of tools. */
    public static Reading readTools(byte[] payload) {
        return read(payload, ALLOWED_TOOLS);
    }

    /** Reads the payload of {@code x-mcp-authorized}, which need not speak of every kind. */
    public static Reading readCapabilities(byte[] payload) {
        return read(payload, ALLOWED_CAPABILITIES);
    }

    /** Why the claims do not hold at this time; empty if they do. */
    public Optional<String> problemAt(Instant now) {
        if (expiresAt.isPresent() && !now.isBefore(expiresAt.get())) {
            return Optional.of("expired");
        }
        return notBefore.isPresent() && now.isBefore(notBefore.get()) ? Optional.of("not valid yet") : Optional.empty();
    }

    private static Reading read(byte[] payload, String claim) {
        Optional<JsonNode> root = object(payload);
        if (root.isEmpty()) {
            return new Reading.Malformed("the payload is not a JSON object");
        }
        Optional<JsonNode> allowed = statement(root.get().path(claim));
        if (allowed.isEmpty()) {
            return new Reading.Malformed("the claim " + claim + " is neither a JSON object nor text that holds one");
        }
        JsonNode notBefore = root.get().path("nbf");
        JsonNode expiresAt = root.get().path("exp");
        if (!isTime(notBefore) || !isTime(expiresAt)) {
            return new Reading.Malformed("exp or nbf is not a time");
        }
        Optional<Statement> statement =
                claim.equals(ALLOWED_TOOLS) ? names(allowed.get()).map(Statement::ofTools) : ofEverySort(allowed.get());
        return statement.isEmpty()
                ? new Reading.Malformed("the claim " + claim + " does not map servers to arrays of names")
                : new Reading.Claims(new AuthorizationClaims(time(notBefore), time(expiresAt), statement.get()));
    }

    /** Empty if what it says about any sort cannot be read. */
    private static Optional<Statement> ofEverySort(JsonNode bySort) {
        List<Optional<AuthorizedNames.Only>> said = new ArrayList<>();
        for (String sort : SORTS) {
            JsonNode byServer = bySort.path(sort);
            Optional<AuthorizedNames.Only> names = byServer.isMissingNode() ? Optional.empty() : names(byServer);
            if (names.isEmpty() && !byServer.isMissingNode()) {
                return Optional.empty();
            }
            said.add(names);
        }
        return Optional.of(new Statement(said.get(0), said.get(1), said.get(2)));
    }

    private static Optional<JsonNode> statement(JsonNode claim) {
        if (claim.isTextual()) {
            return object(claim.textValue().getBytes(StandardCharsets.UTF_8));
        }
        return claim.isObject() ? Optional.of(claim) : Optional.empty();
    }

    private static Optional<AuthorizedNames.Only> names(JsonNode byServer) {
        if (!byServer.isObject()) {
            return Optional.empty();
        }
        Map<String, Set<String>> tools = new HashMap<>();
        for (Map.Entry<String, JsonNode> server : byServer.properties()) {
            Set<String> names = new HashSet<>();
            for (JsonNode name : server.getValue()) {
                if (!name.isTextual()) {
                    return Optional.empty();
                }
                names.add(name.textValue());
            }
            if (!server.getValue().isArray()) {
                return Optional.empty();
            }
            tools.put(server.getKey(), names);
        }
        return Optional.of(new AuthorizedNames.Only(tools));
    }

    /** RFC 7519, section 2, "NumericDate": seconds, fractions allowed. Absence is allowed, too. */
    private static boolean isTime(JsonNode claim) {
        return claim.isMissingNode()
                || (claim.isNumber() && claim.doubleValue() >= 0 && claim.doubleValue() <= LAST_SECOND);
    }

    private static Optional<Instant> time(JsonNode claim) {
        return claim.isMissingNode()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli((long) (claim.doubleValue() * 1000)));
    }

    private static Optional<JsonNode> object(byte[] json) {
        if (!Utf8.valid(json)) {
            return Optional.empty();
        }
        try (JsonParser parser = StrictJson.parser(json)) {
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            JsonNode node = JSON.readTree(parser);
            return node != null && node.isObject() && parser.nextToken() == null ? Optional.of(node) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
