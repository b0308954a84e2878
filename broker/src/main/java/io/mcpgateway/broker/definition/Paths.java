package io.mcpgateway.broker.definition;

import io.mcpgateway.broker.json.JsonText;
import java.nio.charset.StandardCharsets;

/** Names of members in reports, where strangers chose them. */
final class Paths {
    private static final int LONGEST = 60;

    private Paths() {}

    static String shown(String name) {
        // Through bytes, because half a surrogate pair cannot be written into /status.
        return JsonText.excerpt(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8), LONGEST);
    }

    static String member(String path, String name) {
        return path.isEmpty() ? shown(name) : path + "." + shown(name);
    }
}
