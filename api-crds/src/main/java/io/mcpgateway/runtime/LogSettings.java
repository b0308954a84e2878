package io.mcpgateway.runtime;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** How much both processes log, and in which format: the values of {@code LOG_LEVEL} and of the log flags. */
public record LogSettings(Level level, Format format) {
    /** The four levels that users can set. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR;

        /** A level by name, or by the number that the Go project uses (-4, 0, 4, 8). */
        public static Optional<Level> parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "debug", "-4" -> Optional.of(DEBUG);
                case "info", "0" -> Optional.of(INFO);
                case "warn", "warning", "4" -> Optional.of(WARN);
                case "error", "8" -> Optional.of(ERROR);
                default -> Optional.empty();
            };
        }
    }

    /** One line of text, or one JSON object, per entry. */
    public enum Format {
        TEXT,
        JSON;

        public static Optional<Format> parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "txt", "text" -> Optional.of(TEXT);
                case "json" -> Optional.of(JSON);
                default -> Optional.empty();
            };
        }
    }

    public LogSettings {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(format, "format");
    }
}
