package io.mcpgateway.broker.tracing;

import io.mcpgateway.api.contract.BrokerLaunch;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The variables of OpenTelemetry ("Environment Variable Specification"), of which the SDK reads most. Pure, and without any
 * class of OpenTelemetry, so that none is loaded to find out that there are no traces.
 *
 * @param given all whose names begin with {@code OTEL_}
 */
public record TraceVariables(Map<String, String> given) {
    private static final String NONE = "none";

    /** What differs from the SDK's own defaults. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "mcp-gateway",
            "otel.exporter.otlp.protocol", "http/protobuf");

    private static final String TRACES = "otel.traces.exporter";
    private static final String LOGS = "otel.logs.exporter";
    private static final String OTLP = "otlp";

    public TraceVariables {
        given = Map.copyOf(given);
    }

    /** Whether there are to be traces: only if it is said where to send them. */
    public boolean wanted() {
        return (isSet(BrokerLaunch.ENV_OTLP_ENDPOINT) || isSet("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
                && !disabled()
                && !value("OTEL_TRACES_EXPORTER").equals(NONE);
    }

    /** Whether it is said where to send logs. */
    public boolean sayWhereLogsGo() {
        return (isSet(BrokerLaunch.ENV_OTLP_ENDPOINT) || isSet("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT")) && !disabled();
    }

    private boolean disabled() {
        return value("OTEL_SDK_DISABLED").equalsIgnoreCase("true");
    }

    private boolean isSet(String name) {
        return !value(name).isEmpty();
    }

    private String value(String name) {
        return given.getOrDefault(name, "").strip();
    }

    /** A text of the SDK's, without the values that may be secret: it repeats what it does not accept. */
    String withoutSecrets(String text) {
        String shown = text;
        for (Map.Entry<String, String> variable : given.entrySet()) {
            boolean secret = variable.getKey().endsWith("_HEADERS")
                    || variable.getValue().contains("@");
            if (secret && !variable.getValue().isBlank()) {
                shown = shown.replace(variable.getValue(), "***")
                        .replace(variable.getValue().strip(), "***");
            }
        }
        return shown;
    }

    /** What to throw when the SDK does not accept them; without its exception as the cause, which repeats the value. */
    public IllegalArgumentException refused(RuntimeException bySdk) {
        return new IllegalArgumentException(withoutSecrets(
                bySdk.getCause() == null
                        ? String.valueOf(bySdk.getMessage())
                        : bySdk.getMessage() + ": " + bySdk.getCause().getMessage()));
    }

    /** By the SDK's names, for traces alone. The gateway has Prometheus metrics and logs of its own. */
    Map<String, String> properties() {
        Map<String, String> all = common();
        all.putIfAbsent(TRACES, OTLP);
        all.put(LOGS, NONE);
        return all;
    }

    /** The same for logs alone. */
    public Map<String, String> propertiesOfLogs() {
        Map<String, String> all = common();
        all.keySet().removeAll(Set.of("otel.traces.sampler", "otel.traces.sampler.arg"));
        all.put(TRACES, NONE);
        all.put(LOGS, OTLP);
        return all;
    }

    private Map<String, String> common() {
        Map<String, String> all = new HashMap<>(DEFAULTS);
        given.forEach((name, value) -> {
            if (!value.isBlank()) {
                all.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        all.put("otel.metrics.exporter", NONE);
        return all;
    }
}
