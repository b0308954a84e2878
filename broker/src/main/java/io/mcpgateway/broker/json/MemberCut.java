package io.mcpgateway.broker.json;

/** Removes one member from a JSON object and leaves every other byte unchanged, except for one comma. */
public final class MemberCut {
    private MemberCut() {}

    /**
     * What to cut, in JSON that was read already.
     *
     * @param start of the member's name
     * @param end of its value
     */
    public static Splice of(byte[] json, int start, int end) {
        int next = end;
        while (isSpace(json, next)) {
            next++;
        }
        if (next < json.length && json[next] == ',') {
            return new Splice(start, next + 1, "");
        }
        int before = start - 1;
        while (isSpace(json, before)) {
            before--;
        }
        return new Splice(before >= 0 && json[before] == ',' ? before : start, end, "");
    }

    private static boolean isSpace(byte[] json, int at) {
        return at >= 0
                && at < json.length
                && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t');
    }
}
