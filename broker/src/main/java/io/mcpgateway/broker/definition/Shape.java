package io.mcpgateway.broker.definition;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a value must be. */
sealed interface Shape {
    /** Completes a sentence that starts with the path of the value. */
    String rule();

    enum Plain implements Shape {
        TEXT("must be a string"),
        /** Any string by the schema; clients of the Java SDK refuse a list with an empty or blank one. */
        NAME("must be a string that is not blank"),
        FLAG("must be true or false"),
        /** A whole number that fits in 64 bits, however it is written. */
        WHOLE("must be a whole number"),
        SHARE("must be a number from 0 to 1"),
        /** A string that is a URI with a scheme; see {@link UriRule}. */
        URI("must be a URI with a scheme"),
        /** Any string by the schema; clients of the TypeScript SDK read ISO 8601 only. */
        TIME("must be a time such as 2026-01-31T12:00:00Z"),
        OBJECT("must be an object");

        private final String rule;

        Plain(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    /**
     * One of these strings.
     *
     * @param why the rest of the sentence, empty where there is nothing to explain
     */
    record Choice(List<String> values, String why) implements Shape {
        public Choice {
            values = List.copyOf(values);
        }

        static Choice of(String... values) {
            return new Choice(Arrays.asList(values), "");
        }

        Choice because(String reason) {
            return new Choice(values, reason);
        }

        @Override
        public String rule() {
            return "must be "
                    + values.stream().map(value -> '"' + value + '"').collect(Collectors.joining(" or "))
                    + why;
        }
    }

    record ListOf(Shape each) implements Shape {
        @Override
        public String rule() {
            return "must be a list";
        }
    }

    /** The {@code properties} of a JSON Schema: an object of schemas, each of them an object. */
    record Properties() implements Shape {
        @Override
        public String rule() {
            return "must be an object";
        }
    }

    /** An object with these members; others are left alone. */
    record Structure(Map<String, Member> members) implements Shape {
        public Structure {
            members = Map.copyOf(members);
        }

        static Structure of(Map<String, Member> one, Map<String, Member> more) {
            Map<String, Member> all = new LinkedHashMap<>(one);
            all.putAll(more);
            return new Structure(all);
        }

        @Override
        public String rule() {
            return "must be an object";
        }
    }

    /** A JSON Schema that clients compile when they read the list. */
    record Compiled(Structure outline) implements Shape {
        @Override
        public String rule() {
            return "must be an object";
        }
    }

    enum Need {
        REQUIRED,
        OPTIONAL,
        /** No member of MCP, but some client reads it as one. */
        FOREIGN
    }

    record Member(Shape shape, Need need) {
        static Member required(Shape shape) {
            return new Member(shape, Need.REQUIRED);
        }

        static Member optional(Shape shape) {
            return new Member(shape, Need.OPTIONAL);
        }

        static Member foreign(Shape shape) {
            return new Member(shape, Need.FOREIGN);
        }
    }
}
