package io.mcpgateway.broker.listing;

import io.mcpgateway.api.contract.selection.ToolOverride;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes what a virtual server says otherwise of a tool; every other byte of the definition stays. Pure. */
public final class DefinitionOverride {
    private static final String ANNOTATIONS = "annotations";

    private DefinitionOverride() {}

    /** The definition with other words and hints, not with another name. */
    public static RawJson apply(ToolOverride override, RawJson definition) {
        Map<String, String> members = new LinkedHashMap<>();
        override.title().ifPresent(title -> members.put("title", JsonText.quote(title)));
        override.description().ifPresent(description -> members.put("description", JsonText.quote(description)));
        Map<String, String> annotations = annotations(override.annotations());
        Optional<ObjectSpans> tool = ObjectSpans.of(definition);
        if (tool.isEmpty() || (members.isEmpty() && annotations.isEmpty())) {
            return definition;
        }
        List<Splice> edits = new ArrayList<>();
        if (!annotations.isEmpty()) {
            Optional<ObjectSpans> present =
                    tool.get().find(ANNOTATIONS).flatMap(member -> ObjectSpans.of(definition, member));
            if (present.isPresent()) {
                edits.addAll(set(present.get(), annotations));
            } else {
                List<String> all = annotations.entrySet().stream()
                        .map(DefinitionOverride::member)
                        .toList();
                members.put(ANNOTATIONS, "{" + String.join(",", all) + "}");
            }
        }
        edits.addAll(set(tool.get(), members));
        return Splice.all(edits, definition);
    }

    private static List<Splice> set(ObjectSpans object, Map<String, String> members) {
        List<Splice> edits = new ArrayList<>();
        List<String> added = new ArrayList<>();
        for (Map.Entry<String, String> member : members.entrySet()) {
            object.find(member.getKey())
                    .ifPresentOrElse(
                            present -> edits.add(present.replacedBy(member.getValue())),
                            () -> added.add(member(member)));
        }
        edits.addAll(object.edit(_ -> false, added));
        return edits;
    }

    private static String member(Map.Entry<String, String> member) {
        return "\"" + member.getKey() + "\":" + member.getValue();
    }

    private static Map<String, String> annotations(ToolOverride.Annotations override) {
        Map<String, String> annotations = new LinkedHashMap<>();
        override.title().ifPresent(title -> annotations.put("title", JsonText.quote(title)));
        override.readOnlyHint().ifPresent(hint -> annotations.put("readOnlyHint", hint.toString()));
        override.destructiveHint().ifPresent(hint -> annotations.put("destructiveHint", hint.toString()));
        override.idempotentHint().ifPresent(hint -> annotations.put("idempotentHint", hint.toString()));
        override.openWorldHint().ifPresent(hint -> annotations.put("openWorldHint", hint.toString()));
        return annotations;
    }
}
