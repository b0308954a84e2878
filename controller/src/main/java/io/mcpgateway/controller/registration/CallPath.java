package io.mcpgateway.controller.registration;

import java.util.Locale;

/**
 * Paths that every gateway reads in the same way. Envoy resolves dot segments, merges slashes and decodes before it
 * looks for a route, so any other path could lead to another route.
 */
final class CallPath {
    private CallPath() {}

    static boolean isPlain(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.startsWith("/")
                && !lower.contains("//")
                && !lower.contains("%")
                && !lower.contains("\\")
                && !(lower + "/").contains("/./")
                && !(lower + "/").contains("/../");
    }

    static String advice(String path) {
        return "spec.path \"%s\" can be read in more than one way; write it without '//', '/./', '/../' and '%%'"
                .formatted(path);
    }
}
