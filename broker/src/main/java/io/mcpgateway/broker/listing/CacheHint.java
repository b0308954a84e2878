package io.mcpgateway.broker.listing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server says about keeping a list (MCP 2026-07-28, "Caching").
 *
 * @param ttl how long the list may be taken for true; empty if the server does not say, zero if not at all
 * @param ofOneCaller whether the list may only be served to callers with the same credential
 */
public record CacheHint(Optional<Duration> ttl, boolean ofOneCaller) {
    public static final CacheHint NONE = new CacheHint(Optional.empty(), false);

    private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

    public CacheHint {
        Objects.requireNonNull(ttl, "ttl");
    }

    /** Of a list with several pages: the first page to become outdated decides. */
    public static CacheHint join(List<ListPage.Items> pages) {
        return new CacheHint(
                pages.stream().flatMap(page -> page.hint().ttl().stream()).min(Duration::compareTo),
                pages.stream().anyMatch(page -> page.hint().ofOneCaller()));
    }

    CacheHint withTtlMillis(long millis) {
        return new CacheHint(Optional.of(Duration.ofMillis(Math.clamp(millis, 0, LONGEST_MILLIS))), ofOneCaller);
    }

    CacheHint withScope(String cacheScope) {
        return new CacheHint(ttl, cacheScope.equals("private"));
    }
}
