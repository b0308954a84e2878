package io.mcpgateway.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Applies {@link LogSettings}: everything goes to standard output, one entry per line. */
public final class Logging {
    /** A message can never break out of its line, because it may contain text from peers. */
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} level=%level component=%logger{0}"
            + " %replace(%msg){'[\\r\\n\\x1b]+', ' '}%n%rEx{full}";

    private static final String OURS = "io.mcpgateway";

    private Logging() {}

    public static void configure(LogSettings settings) {
        configure(settings, Set.of());
    }

    /**
     * Configures the process's logging.
     *
     * @param unhelpful loggers of libraries with warnings that nobody can act on
     */
    public static void configure(LogSettings settings, Set<String> unhelpful) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder(context, settings.format()));
        console.addFilter(QuietThreads.filter());
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        // Libraries log a lot below our own level, and some print headers at debug; a list of them would miss one.
        root.setLevel(settings.level() == LogSettings.Level.ERROR ? Level.ERROR : Level.WARN);
        context.getLogger(OURS).setLevel(level(settings.level()));
        unhelpful.forEach(logger -> context.getLogger(logger).setLevel(Level.ERROR));
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** For commands whose standard output is a report: libraries would write into it. */
    public static void off() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogSettings.Format format) {
        return switch (format) {
            case TEXT -> {
                PatternLayoutEncoder encoder = new PatternLayoutEncoder();
                encoder.setContext(context);
                encoder.setCharset(StandardCharsets.UTF_8);
                encoder.setPattern(PATTERN);
                encoder.start();
                yield encoder;
            }
            case JSON -> {
                JsonEncoder encoder = new JsonEncoder();
                encoder.setContext(context);
                encoder.setWithFormattedMessage(true);
                encoder.setWithMessage(false);
                encoder.setWithArguments(false);
                encoder.setWithContext(false);
                encoder.setWithSequenceNumber(false);
                encoder.setWithNanoseconds(false);
                encoder.start();
                yield encoder;
            }
        };
    }

    private static Level level(LogSettings.Level level) {
        return switch (level) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }
}
