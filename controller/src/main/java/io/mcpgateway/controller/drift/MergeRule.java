package io.mcpgateway.controller.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** How one part of a live object and our wish for it become one. */
sealed interface MergeRule {
    /** Member by member; members that we do not wish for stay. What objects do without a rule. */
    record Members() implements MergeRule {}

    /** Ours, and nothing else. What lists and values do without a rule. */
    record Exact() implements MergeRule {}

    /** The live part if it holds all of ours (and perhaps defaults that we do not know), else ours alone. */
    record AtLeast() implements MergeRule {}

    /** Ours only if there is nothing yet: afterwards it is the user's, or cannot be changed. */
    record Initially() implements MergeRule {}

    /**
     * A list of objects that have a name. Elements of ours are merged with the live one of the same name, in the
     * place of that one; new ones come last.
     *
     * @param key the member that names an element
     * @param stays which live elements stay although we do not wish for them
     */
    record ByKey(String key, Predicate<JsonNode> stays) implements MergeRule {
        public ByKey {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(stays, "stays");
        }
    }

    /**
     * A list of objects that have a name, all of them ours, in our order. Each is merged with the live one of the same
     * name; the others go.
     *
     * @param key the member that names an element
     */
    record OnlyOurs(String key) implements MergeRule {
        public OnlyOurs {
            Objects.requireNonNull(key, "key");
        }
    }

    MergeRule MEMBERS = new Members();
    MergeRule EXACT = new Exact();
    MergeRule AT_LEAST = new AtLeast();
    MergeRule INITIALLY = new Initially();

    /** Elements of others stay. */
    static MergeRule byKey(String key) {
        return new ByKey(key, _ -> true);
    }

    /** Elements of others stay, unless they have one of these keys. */
    static MergeRule byKeyExcept(String key, Set<String> retired) {
        return new ByKey(key, element -> !retired.contains(element.path(key).asText()));
    }
}
