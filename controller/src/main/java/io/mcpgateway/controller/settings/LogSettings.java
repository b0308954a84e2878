package io.mcpgateway.controller.settings;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** How much is logged and in which form. */
public record LogSettings(Level level, Format format) {
    /** From most to least. */
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
