package io.mcpgateway.api.contract.pinning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One definition of a tool, by digests.
 *
 * @param name as the server calls the tool
 * @param digest of the whole definition: {@value #DIGITS} hex digits
 * @param members of each part of it, which only says what differs: {@code annotations=0f1e2d3c description=4b5a6978}
 * @param flagged whether it has text that seems to instruct the model
 */
public record ToolDigest(String name, String digest, String members, boolean flagged) {
    /** The length of a digest, in hex digits. */
    public static final int DIGITS = 32;

    /** What a digest looks like. */
    public static final String PATTERN = "^[0-9a-f]{32}$";

    public ToolDigest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(members, "members");
    }

    /** The names of the parts that this definition and the other one do not have alike, sorted. */
    public List<String> differences(ToolDigest other) {
        SortedMap<String, String> here = byMember(members);
        SortedMap<String, String> there = byMember(other.members);
        TreeSet<String> names = new TreeSet<>(here.keySet());
        names.addAll(there.keySet());
        List<String> differing = new ArrayList<>();
        names.forEach(name -> {
            if (!Objects.equals(here.get(name), there.get(name))) {
                differing.add(name);
            }
        });
        return differing;
    }

    /** The text of {@code members}. */
    public static String members(Map<String, String> digests) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(digests)
                .forEach((member, digest) -> text.append(text.isEmpty() ? "" : " ")
                        .append(member)
                        .append('=')
                        .append(digest));
        return text.toString();
    }

    private static SortedMap<String, String> byMember(String members) {
        SortedMap<String, String> digests = new TreeMap<>();
        for (String member : members.split(" ", -1)) {
            int equals = member.indexOf('=');
            if (equals > 0) {
                digests.put(member.substring(0, equals), member.substring(equals + 1));
            }
        }
        return digests;
    }
}
