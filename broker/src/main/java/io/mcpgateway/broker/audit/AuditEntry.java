package io.mcpgateway.broker.audit;

import io.mcpgateway.broker.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is remembered of one call: names and values in their order, none of them a secret.
 *
 * @param members as they are written; each value is JSON already
 */
record AuditEntry(List<Member> members) {
    private static final int LONGEST = 256;

    /** One member of the line. */
    record Member(String name, String json) {}

    AuditEntry {
        members = List.copyOf(members);
    }

    /** One line of JSON, without its end. */
    String line() {
        StringBuilder line = new StringBuilder(512).append('{');
        for (Member member : members) {
            if (line.length() > 1) {
                line.append(',');
            }
            JsonText.appendQuoted(line, member.name());
            line.append(':').append(member.json());
        }
        return line.append('}').toString();
    }

    /** Collects members; texts are cut after 256 characters. */
    static final class Builder {
        private final List<Member> members = new ArrayList<>(20);

        Builder text(String name, String value) {
            Objects.requireNonNull(value, name);
            members.add(new Member(name, JsonText.quote(JsonText.excerpt(value, LONGEST))));
            return this;
        }

        Builder text(String name, Optional<String> value) {
            value.ifPresent(present -> text(name, present));
            return this;
        }

        /** As it is, if it is not longer than that. */
        Builder exact(String name, Optional<String> value, int longest) {
            value.map(present -> present.length() <= longest ? present : JsonText.excerpt(present, longest))
                    .ifPresent(kept -> members.add(new Member(name, JsonText.quote(kept))));
            return this;
        }

        Builder number(String name, Optional<?> value) {
            value.ifPresent(present -> members.add(new Member(name, present.toString())));
            return this;
        }

        AuditEntry build() {
            return new AuditEntry(members);
        }
    }
}
