package io.mcpgateway.controller.settings;

import io.mcpgateway.runtime.LogSettings;
import io.mcpgateway.runtime.Logging;
import java.util.Set;

/** The controller's logging, without messages that nobody can act on. */
public final class ControllerLogging {
    /** Warns once for each kind whose version is an alpha one. */
    private static final Set<String> UNHELPFUL = Set.of("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils");

    private ControllerLogging() {}

    public static void configure(LogSettings settings) {
        Logging.configure(settings, UNHELPFUL);
    }

    /** For commands that print a report. */
    public static void off() {
        Logging.off();
    }
}
