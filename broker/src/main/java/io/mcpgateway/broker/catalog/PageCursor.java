package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.json.Utf8;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Cursors of our lists (MCP 2025-11-25, "Pagination"): the kind of the list and the last name that was shown. A page is
 * whatever follows that name, so a cursor works on every replica and after every change of the list; filters are
 * applied again to each page, so it needs no signature.
 */
public final class PageCursor {
    private static final int LONGEST = 8192;

    private PageCursor() {}

    /** The cursor for what follows a name that the client was shown. */
    static String after(CapabilityKind kind, String servedName) {
        byte[] text = (kind.listMethod() + "\n" + servedName).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** The name in a cursor of this kind of list; empty if we did not issue it. */
    public static Optional<String> read(CapabilityKind kind, String cursor) {
        if (cursor.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (!Utf8.valid(bytes)) {
            return Optional.empty();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String start = kind.listMethod() + "\n";
        return text.startsWith(start) && text.length() > start.length()
                ? Optional.of(text.substring(start.length()))
                : Optional.empty();
    }
}
