package io.mcpgateway.broker.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the members of one JSON object stand in a text, so that some can be cut, replaced or added without touching any
 * other byte.
 *
 * @param start of the opening brace
 * @param end after the closing brace
 */
public record ObjectSpans(int start, int end, List<Member> members) {
    /**
     * One member.
     *
     * @param start of the name's quote
     * @param value where its value begins
     * @param end of the value
     */
    public record Member(String name, int start, int value, int end) {
        /** The value, byte for byte. */
        public RawJson in(RawJson json) {
            return RawJson.of(json.array(), value, end);
        }

        public Splice replacedBy(String text) {
            return new Splice(value, end, text);
        }
    }

    public ObjectSpans {
        members = List.copyOf(members);
    }

    /** Empty if the text is not one JSON object. */
    public static Optional<ObjectSpans> of(RawJson json) {
        return read(json.array(), 0);
    }

    /** Of an object that is the value of a member; empty if it is something else. */
    public static Optional<ObjectSpans> of(RawJson json, Member member) {
        return read(member.in(json).array(), member.value());
    }

    private static Optional<ObjectSpans> read(byte[] json, int offset) {
        List<Member> members = new ArrayList<>();
        try (JsonParser parser = JsonSlices.openObject(json)) {
            int start = JsonSlices.tokenStart(parser);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int from = JsonSlices.tokenStart(parser);
                parser.nextToken();
                int value = JsonSlices.tokenStart(parser);
                members.add(new Member(name, offset + from, offset + value, offset + JsonSlices.valueEnd(parser)));
            }
            int end = JsonSlices.valueEnd(parser);
            JsonSlices.expectEnd(parser);
            return Optional.of(new ObjectSpans(offset + start, offset + end, members));
        } catch (IOException | ArithmeticException notAnObject) {
            return Optional.empty();
        }
    }

    /** Whether a name occurs twice: two readers could see different values. */
    public boolean repeats() {
        return members.stream().map(Member::name).distinct().count() < members.size();
    }

    /** The first member of this name. */
    public Optional<Member> find(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /**
     * Cuts members, and adds others in front of those that stay.
     *
     * @param cut by name
     * @param added complete members, {@code "name":value}
     */
    public List<Splice> edit(Predicate<String> cut, List<String> added) {
        List<Splice> edits = new ArrayList<>();
        int lastKept = -1;
        for (int index = 0; index < members.size(); index++) {
            if (!cut.test(members.get(index).name())) {
                lastKept = index;
            }
        }
        for (int index = 0; index < lastKept; index++) {
            if (cut.test(members.get(index).name())) {
                edits.add(new Splice(
                        members.get(index).start(), members.get(index + 1).start(), ""));
            }
        }
        if (lastKept < members.size() - 1) {
            int from = lastKept < 0
                    ? members.getFirst().start()
                    : members.get(lastKept).end();
            edits.add(new Splice(from, members.getLast().end(), ""));
        }
        if (!added.isEmpty()) {
            edits.add(new Splice(start, start + 1, "{" + String.join(",", added) + (lastKept < 0 ? "" : ",")));
        }
        return edits;
    }
}
