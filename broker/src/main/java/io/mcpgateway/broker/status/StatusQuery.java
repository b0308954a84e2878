package io.mcpgateway.broker.status;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query of {@code /status?after=<revision>&wait=<duration>}: answer once the revision is above {@code after}, or
 * after {@code wait} at the latest. Pure.
 */
sealed interface StatusQuery {
    Duration MAX_WAIT = Duration.ofSeconds(60);

    /** Answer what is current. */
    record Now() implements StatusQuery {}

    /** Answer what is current once it is newer, or when the time is up; {@code atMost} is no more than {@link #MAX_WAIT}. */
    record After(long revision, Duration atMost) implements StatusQuery {
        public After {
            Objects.requireNonNull(atMost, "atMost");
        }
    }

    /** Not a query of ours. */
    record Bad(String reason) implements StatusQuery {
        public Bad {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Other parameters are ignored. */
    static StatusQuery parse(Optional<String> rawQuery) {
        Optional<String> after = Optional.empty();
        Optional<String> wait = Optional.empty();
        for (String pair : rawQuery.orElse("").split("&", -1)) {
            if (pair.startsWith("after=")) {
                after = Optional.of(pair.substring("after=".length()));
            } else if (pair.startsWith("wait=")) {
                wait = Optional.of(pair.substring("wait=".length()));
            }
        }
        if (after.isEmpty()) {
            return wait.isEmpty() ? new Now() : new Bad("wait needs after=<revision> too");
        }
        if (!Durations.DIGITS.matcher(after.get()).matches()) {
            return new Bad("after must be the revision of an earlier response, a whole number");
        }
        long revision = Long.parseLong(after.get());
        return Durations.parse(wait.orElse("0s"))
                .<StatusQuery>map(
                        duration -> new After(revision, duration.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : duration))
                .orElseGet(() -> new Bad("wait must be a duration like 30s or 500ms"));
    }

    /** Durations as Go and Kubernetes users write them, one unit only. */
    final class Durations {
        private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
        private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m)");

        private Durations() {}

        private static Optional<Duration> parse(String text) {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            long amount = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        default -> Duration.ofMinutes(amount);
                    });
        }
    }
}
