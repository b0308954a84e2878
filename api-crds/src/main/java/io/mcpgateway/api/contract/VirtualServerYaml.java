package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.selection.SeenNames;
import io.mcpgateway.api.contract.selection.SelectionRule;
import io.mcpgateway.api.contract.selection.SelectionRules;
import io.mcpgateway.api.contract.selection.ToolOverride;
import io.mcpgateway.api.contract.selection.ToolSearch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The entries of {@code virtualServers}: turns them into records, collects every problem, and prints them. */
final class VirtualServerYaml {
    /** What model APIs take. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** What other languages of patterns mean something by, and no tool has in its name. */
    private static final Pattern NO_PATTERN = Pattern.compile("[\\[\\](){}|^$+\\\\]");

    private static final List<String> HINTS =
            List.of("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");

    private final List<String> problems;
    private final boolean strict;

    /**
     * A reader.
     *
     * @param problems gets what is wrong
     * @param strict whether unknown keys are an error
     */
    VirtualServerYaml(List<String> problems, boolean strict) {
        this.problems = problems;
        this.strict = strict;
    }

    VirtualServer read(JsonNode entry, String where, List<String> protocolVersions) {
        String name = entry.path("name").asText("");
        String label = (name.isEmpty() ? where : where + " (" + name + ")") + ": ";
        problems.addAll(ConfigKeys.VIRTUAL_SERVER.problems(entry, label, strict));
        List<String> tools = texts(entry.path("tools"), where + ".tools", "the name of a tool");
        List<ToolOverride> overrides = overrides(entry.path("overrides"), where + ".overrides");
        if (strict) {
            namesTaken(tools, overrides, where + ".overrides");
        }
        return new VirtualServer(
                name,
                tools,
                texts(entry.path("prompts"), where + ".prompts", "the name of a prompt"),
                new SelectionRules(rules(entry, "include", where), rules(entry, "exclude", where)),
                new SeenNames(
                        entry.path("originalNames").asBoolean(false),
                        entry.path("safeNames").asBoolean(false),
                        overrides),
                protocolVersions,
                ChosenUrl.NONE,
                ToolSearchYaml.read(entry, where + ".", strict, problems));
    }

    private List<SelectionRule> rules(JsonNode entry, String member, String virtualServer) {
        List<SelectionRule> rules = new ArrayList<>();
        for (JsonNode rule : ConfigLists.entries(entry.path(member), virtualServer + "." + member, problems)) {
            String where = "%s.%s[%d]".formatted(virtualServer, member, rules.size());
            int before = problems.size();
            if (!rule.isObject()) {
                problems.add(where + ": expected a mapping such as {namespaces: [team-a]}");
            }
            problems.addAll(ConfigKeys.SELECTION_RULE.problems(rule, where + ": ", strict));
            SelectionRule read = new SelectionRule(
                    rule.path("servers").isMissingNode()
                            ? Optional.empty()
                            : Optional.of(new HashSet<>(
                                    texts(rule.path("servers"), where + ".servers", "the name of a server"))),
                    texts(rule.path("namespaces"), where + ".namespaces", "a namespace"),
                    patterns(rule, "tools", where, "a pattern for tool names"),
                    patterns(rule, "prompts", where, "a pattern for prompt names"),
                    texts(rule.path("resources"), where + ".resources", "a pattern for URIs"),
                    new SelectionRule.Hints(
                            flag(rule, "readOnly"), flag(rule, "destructive"), flag(rule, "openWorld")));
            if (strict && problems.size() == before && read.isEmpty()) {
                problems.add(where + ": the rule says nothing; tools: [\"*\"] matches every tool");
            }
            rules.add(read);
        }
        return rules;
    }

    private List<ToolOverride> overrides(JsonNode list, String listed) {
        List<ToolOverride> overrides = new ArrayList<>();
        Set<String> tools = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (JsonNode override : ConfigLists.entries(list, listed, problems)) {
            String where = listed + "[" + overrides.size() + "]";
            if (!override.isObject()) {
                problems.add(where + ": expected a mapping with 'tool'");
            }
            problems.addAll(ConfigKeys.TOOL_OVERRIDE.problems(override, where + ": ", strict));
            JsonNode annotations = override.path("annotations");
            problems.addAll(ConfigKeys.TOOL_ANNOTATIONS.problems(annotations, where + ".annotations: ", strict));
            String tool = override.path("tool").asText("");
            if (tool.isEmpty()) {
                problems.add(where + ": 'tool' is missing: the name that the gateway serves, prefix included");
            }
            Optional<String> name = text(override, "name");
            if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
                problems.add(where + ": 'name' must be 1 to 64 letters, digits, '_' or '-', which model APIs accept");
            }
            if (name.equals(Optional.of(ToolSearch.FIND_TOOLS))) {
                problems.add(where + ": 'name' must not be " + ToolSearch.FIND_TOOLS
                        + ", which is the gateway's own tool for searching tools");
            }
            if (strict && !tool.isEmpty() && !tools.add(tool)) {
                problems.add(where + ": there are two for the tool '" + ConfigLists.excerpt(tool) + "'; make them one");
            }
            if (strict && name.isPresent() && !names.add(name.get())) {
                problems.add(where + ": two tools would have the 'name' " + ConfigLists.excerpt(name.get()));
            }
            overrides.add(new ToolOverride(
                    tool,
                    name,
                    text(override, "title"),
                    text(override, "description"),
                    new ToolOverride.Annotations(
                            text(annotations, "title"),
                            flag(annotations, HINTS.get(0)),
                            flag(annotations, HINTS.get(1)),
                            flag(annotations, HINTS.get(2)),
                            flag(annotations, HINTS.get(3)))));
        }
        return overrides;
    }

    /** A tool that keeps its name would be left out if another one got it. */
    private void namesTaken(List<String> tools, List<ToolOverride> overrides, String where) {
        Set<String> renamed = overrides.stream()
                .filter(override -> override.name().isPresent())
                .map(ToolOverride::tool)
                .collect(Collectors.toSet());
        for (int i = 0; i < overrides.size(); i++) {
            String at = where + "[" + i + "]";
            overrides
                    .get(i)
                    .name()
                    .filter(name -> tools.contains(name) && !renamed.contains(name))
                    .map(name ->
                            "%s: 'name' %s is that of another tool in 'tools', which would be left out; give that one another name too"
                                    .formatted(at, name))
                    .ifPresent(problems::add);
        }
    }

    private List<String> texts(JsonNode list, String where, String what) {
        return ConfigLists.texts(list, where, what, strict, problems);
    }

    private List<String> patterns(JsonNode rule, String member, String where, String what) {
        List<String> patterns = texts(rule.path(member), where + "." + member, what);
        if (strict) {
            patterns.stream()
                    .filter(pattern -> NO_PATTERN.matcher(pattern).find())
                    .map(pattern ->
                            "%s.%s: patterns know only * (any text) and ? (one character), so '%s' does not match what it looks like"
                                    .formatted(where, member, ConfigLists.excerpt(pattern)))
                    .forEach(problems::add);
        }
        return patterns;
    }

    private static Optional<String> text(JsonNode mapping, String member) {
        JsonNode value = mapping.path(member);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static Optional<Boolean> flag(JsonNode mapping, String member) {
        JsonNode value = mapping.path(member);
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    static void print(VirtualServer virtualServer, ObjectNode node) {
        node.put("name", virtualServer.name());
        print(virtualServer.tools(), node.putArray("tools"));
        printIfAny(node, "prompts", virtualServer.prompts());
        printRules(node, "include", virtualServer.rules().include());
        printRules(node, "exclude", virtualServer.rules().exclude());
        SeenNames names = virtualServer.seenNames();
        if (names.original()) {
            node.put("originalNames", true);
        }
        if (names.safe()) {
            node.put("safeNames", true);
        }
        if (!names.overrides().isEmpty()) {
            ArrayNode overrides = node.putArray("overrides");
            names.overrides().forEach(override -> print(override, overrides.addObject()));
        }
        printIfAny(node, VersionsReader.MEMBER, virtualServer.protocolVersions());
        virtualServer.url().path().ifPresent(path -> node.put("path", path));
        virtualServer.url().hostname().ifPresent(hostname -> node.put("hostname", hostname));
        ToolSearchYaml.print(virtualServer.toolSearch(), node);
    }

    private static void printRules(ObjectNode node, String member, List<SelectionRule> rules) {
        if (rules.isEmpty()) {
            return;
        }
        ArrayNode list = node.putArray(member);
        for (SelectionRule rule : rules) {
            ObjectNode printed = list.addObject();
            rule.servers()
                    .map(TreeSet::new)
                    .ifPresent((Set<String> servers) -> print(servers, printed.putArray("servers")));
            printIfAny(printed, "namespaces", rule.namespaces());
            printIfAny(printed, "tools", rule.tools());
            printIfAny(printed, "prompts", rule.prompts());
            printIfAny(printed, "resources", rule.resources());
            rule.hints().readOnly().ifPresent(hint -> printed.put("readOnly", hint));
            rule.hints().destructive().ifPresent(hint -> printed.put("destructive", hint));
            rule.hints().openWorld().ifPresent(hint -> printed.put("openWorld", hint));
        }
    }

    private static void print(ToolOverride override, ObjectNode node) {
        node.put("tool", override.tool());
        override.name().ifPresent(name -> node.put("name", name));
        override.title().ifPresent(title -> node.put("title", title));
        override.description().ifPresent(description -> node.put("description", description));
        ToolOverride.Annotations annotations = override.annotations();
        if (!annotations.equals(ToolOverride.Annotations.AS_THEY_ARE)) {
            ObjectNode printed = node.putObject("annotations");
            annotations.title().ifPresent(title -> printed.put("title", title));
            annotations.readOnlyHint().ifPresent(hint -> printed.put(HINTS.get(0), hint));
            annotations.destructiveHint().ifPresent(hint -> printed.put(HINTS.get(1), hint));
            annotations.idempotentHint().ifPresent(hint -> printed.put(HINTS.get(2), hint));
            annotations.openWorldHint().ifPresent(hint -> printed.put(HINTS.get(3), hint));
        }
    }

    private static void printIfAny(ObjectNode node, String member, List<String> texts) {
        if (!texts.isEmpty()) {
            print(texts, node.putArray(member));
        }
    }

    private static void print(Collection<String> texts, ArrayNode list) {
        texts.forEach(list::add);
    }
}
