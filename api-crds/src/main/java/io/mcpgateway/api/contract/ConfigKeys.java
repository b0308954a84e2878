package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The keys of config.yaml. In a document that people write, an unknown key is an error: if it were ignored, a server
 * that somebody wanted to disable would stay enabled.
 */
final class ConfigKeys {
    /** The type of a key's value. */
    private enum Shape {
        TEXT,
        NUMBER,
        FLAG,
        LIST,
        MAPPING
    }

    static final ConfigKeys DOCUMENT = new ConfigKeys(Map.of(
            "generatedBy",
            Shape.TEXT,
            "servers",
            Shape.LIST,
            "virtualServers",
            Shape.LIST,
            VersionsReader.MEMBER,
            Shape.LIST,
            ToolSearchYaml.MODE,
            Shape.TEXT,
            ToolSearchYaml.PINNED,
            Shape.LIST,
            "gatewayCACertPEM",
            Shape.TEXT));
    /** {@code credentialInjection} was removed; {@link ConfigReader} refuses it with a message of its own. */
    static final ConfigKeys SERVER = new ConfigKeys(Map.ofEntries(
            Map.entry("name", Shape.TEXT),
            Map.entry("url", Shape.TEXT),
            Map.entry("hostname", Shape.TEXT),
            Map.entry("toolPrefix", Shape.TEXT),
            Map.entry("prefix", Shape.TEXT),
            Map.entry("credential", Shape.TEXT),
            Map.entry("credentialInjection", Shape.TEXT),
            Map.entry("upstreamAuthorization", Shape.TEXT),
            Map.entry("caCert", Shape.TEXT),
            Map.entry(CallTimeout.MEMBER, Shape.NUMBER),
            Map.entry(AnonymousSessions.MEMBER, Shape.TEXT),
            Map.entry(ToolPinningYaml.MODE, Shape.TEXT),
            Map.entry(ToolPinningYaml.APPROVED, Shape.LIST),
            Map.entry("state", Shape.TEXT),
            Map.entry("enabled", Shape.FLAG)));

    static final ConfigKeys VIRTUAL_SERVER = new ConfigKeys(Map.ofEntries(
            Map.entry("name", Shape.TEXT),
            Map.entry("tools", Shape.LIST),
            Map.entry("prompts", Shape.LIST),
            Map.entry("include", Shape.LIST),
            Map.entry("exclude", Shape.LIST),
            Map.entry("overrides", Shape.LIST),
            Map.entry("originalNames", Shape.FLAG),
            Map.entry("safeNames", Shape.FLAG),
            Map.entry(VersionsReader.MEMBER, Shape.LIST),
            Map.entry("path", Shape.TEXT),
            Map.entry("hostname", Shape.TEXT),
            Map.entry(ToolSearchYaml.MODE, Shape.TEXT),
            Map.entry(ToolSearchYaml.PINNED, Shape.LIST)));

    static final ConfigKeys SELECTION_RULE = new ConfigKeys(Map.of(
            "servers", Shape.LIST,
            "namespaces", Shape.LIST,
            "tools", Shape.LIST,
            "prompts", Shape.LIST,
            "resources", Shape.LIST,
            "readOnly", Shape.FLAG,
            "destructive", Shape.FLAG,
            "openWorld", Shape.FLAG));

    static final ConfigKeys TOOL_OVERRIDE = new ConfigKeys(Map.of(
            "tool", Shape.TEXT,
            "name", Shape.TEXT,
            "title", Shape.TEXT,
            "description", Shape.TEXT,
            "annotations", Shape.MAPPING));

    static final ConfigKeys TOOL_ANNOTATIONS = new ConfigKeys(Map.of(
            "title", Shape.TEXT,
            "readOnlyHint", Shape.FLAG,
            "destructiveHint", Shape.FLAG,
            "idempotentHint", Shape.FLAG,
            "openWorldHint", Shape.FLAG));

    /** Words of the custom resources for what config.yaml calls otherwise. */
    private static final Map<String, String> OF_RESOURCES = Map.of(
            "registrations", "servers",
            "registrationSelector", "servers",
            "credentialRef", "credential",
            "targetRef", "url",
            "caCertSecretRef", "caCert",
            "caCertBundleRef", "gatewayCACertPEM");

    private static final int LONGEST_TOLD = 40;
    private static final int LIKE = 2;

    private final Map<String, Shape> shapes;

    private ConfigKeys(Map<String, Shape> shapes) {
        this.shapes = shapes;
    }

    /**
     * The problems with the keys of a mapping.
     *
     * @param where the start of each message; empty for the document itself
     * @param strict whether unknown keys are an error
     */
    List<String> problems(JsonNode mapping, String where, boolean strict) {
        List<String> problems = new ArrayList<>();
        mapping.properties().forEach(member -> {
            Shape shape = shapes.get(member.getKey());
            if (shape == null) {
                if (strict) {
                    problems.add(where + unknown(member.getKey()));
                }
            } else if (!fits(member.getValue(), shape)) {
                problems.add(where + "'" + member.getKey() + "' must be " + words(shape));
            }
        });
        return problems;
    }

    private static boolean fits(JsonNode value, Shape shape) {
        return value.isNull()
                || switch (shape) {
                    case TEXT -> value.isValueNode();
                    case NUMBER -> value.isIntegralNumber();
                    case FLAG -> value.isBoolean();
                    // Reported where it is read, with the index.
                    case LIST -> true;
                    case MAPPING -> value.isObject();
                };
    }

    private static String words(Shape shape) {
        return switch (shape) {
            case TEXT -> "text";
            case NUMBER -> "a whole number";
            case FLAG -> "true or false";
            case LIST -> "a list";
            case MAPPING -> "a mapping";
        };
    }

    private String unknown(String key) {
        String told = key.replaceAll("[^\\x20-\\x7e]", "?");
        String shown = told.length() > LONGEST_TOLD ? told.substring(0, LONGEST_TOLD) + "..." : told;
        return "unknown key '%s'; %s"
                .formatted(
                        shown,
                        Optional.ofNullable(OF_RESOURCES.get(key))
                                .filter(shapes::containsKey)
                                .map("config.yaml calls it '%s'"::formatted)
                                .or(() -> nearest(told).map("did you mean '%s'?"::formatted))
                                .orElse("known keys are " + String.join(", ", new TreeSet<>(shapes.keySet()))));
    }

    private Optional<String> nearest(String key) {
        return shapes.keySet().stream()
                .filter(known -> distance(bare(key), bare(known)) <= LIKE)
                .min(Comparator.<String>comparingInt(known -> distance(bare(key), bare(known)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** tool_prefix, tool-prefix, ToolPrefix and toolPrefix count as the same. */
    private static String bare(String key) {
        return key.substring(0, Math.min(LONGEST_TOLD, key.length()))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[_\\-. ]", "");
    }

    /** The edit distance: how many letters have to be inserted, removed or changed. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int changed = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(changed, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
