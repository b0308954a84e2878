package io.mcpgateway.controller.urls.recipes;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A URL that clients can use, and what they find there.
 *
 * @param namespace empty if there is none
 * @param url absolute, of visible ASCII characters; empty if it has none, for example because it is not accepted
 * @param ready whether it works; unknown without a cluster
 * @param reason why it is not ready, in one word; empty if it is, or if nothing is known
 */
public record ClientUrl(
        Kind kind, String namespace, String name, Optional<String> url, Optional<Boolean> ready, String reason) {
    /** What clients find at a URL. The order is that of every list. */
    public enum Kind {
        GATEWAY("gateway"),
        VIRTUAL_SERVER("virtual-server"),
        SERVER("server");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As users see it. */
        public String word() {
            return word;
        }
    }

    /** By kind, namespace and name. */
    public static final Comparator<ClientUrl> ORDER = Comparator.comparing(ClientUrl::kind)
            .thenComparing(ClientUrl::namespace)
            .thenComparing(ClientUrl::name);

    private static final Pattern URL = Pattern.compile("https?://[!-~]+");

    public ClientUrl {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        url = url.filter(text -> URL.matcher(text).matches());
        Objects.requireNonNull(ready, "ready");
        Objects.requireNonNull(reason, "reason");
    }
}
