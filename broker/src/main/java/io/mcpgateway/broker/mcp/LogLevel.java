package io.mcpgateway.broker.mcp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How severe a log message of a server must be to reach the client (MCP 2025-11-25, Logging, "Log Levels"). */
public enum LogLevel {
    DEBUG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    CRITICAL,
    ALERT,
    EMERGENCY;

    /** As MCP writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for anything but one of the eight words. */
    public static Optional<LogLevel> of(String text) {
        return Arrays.stream(values())
                .filter(level -> level.text().equals(text))
                .findFirst();
    }

    /** All eight, separated by commas. */
    public static String choices() {
        return Arrays.stream(values()).map(LogLevel::text).collect(Collectors.joining(", "));
    }
}
