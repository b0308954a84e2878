package io.mcpgateway.broker.listing;

import java.util.Objects;

/** A pattern for names and URIs: {@code *} stands for any text, {@code ?} for one character, all else for itself. */
public record ItemPattern(String text) {
    public ItemPattern {
        Objects.requireNonNull(text, "text");
    }

    /** Whether the whole of it fits. */
    public boolean matches(String name) {
        int at = 0;
        int inName = 0;
        int star = -1;
        int resume = 0;
        while (inName < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                resume = inName;
            } else if (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == name.charAt(inName))) {
                at++;
                inName++;
            } else if (star >= 0) {
                at = star + 1;
                inName = ++resume;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
