package io.mcpgateway.broker.definition;

import io.mcpgateway.broker.json.Splice;
import java.util.ArrayList;
import java.util.List;

/** The members of one object in order, some of which are removed together with the right commas. */
final class ObjectCuts {
    private record Span(int start, int end, boolean kept) {}

    private final List<Span> members = new ArrayList<>();

    /** Takes the next member, {@code json[start..end)} from the quote of its name to the end of its value. */
    void add(int start, int end, boolean kept) {
        members.add(new Span(start, end, kept));
    }

    /** A cut takes the comma before it along, or the one behind it where nothing that stays is before it. */
    void appendTo(List<Splice> cuts) {
        boolean keptBefore = false;
        for (int index = 0; index < members.size(); index++) {
            Span member = members.get(index);
            if (!member.kept()) {
                int before = keptBefore ? members.get(index - 1).end() : member.start();
                boolean last = keptBefore || index + 1 == members.size();
                cuts.add(new Splice(
                        before, last ? member.end() : members.get(index + 1).start(), ""));
            }
            keptBefore |= member.kept();
        }
    }
}
