package io.mcpgateway.controller.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Annotations by which extensions were set up before there were fields. */
final class AlphaAnnotations {
    private static final String PREFIX = "kuadrant.io/alpha-";
    private static final String GUARDRAILS = "mcp.kuadrant.io/guardrails-ref";
    private static final Duration SHORTEST_PING = Duration.ofSeconds(10);
    private static final Duration LONGEST_PING = Duration.ofHours(2);

    private AlphaAnnotations() {}

    /** Moves them into the fields that took their place; a field that is set already wins. */
    static void intoSpec(ObjectNode object, List<String> notes) {
        if (!(object.path("metadata").get("annotations") instanceof ObjectNode annotations)) {
            return;
        }
        ObjectNode spec = object.withObject("/spec");
        String host = take(annotations, PREFIX + "gateway-public-host");
        if (!host.isEmpty() && !spec.has("publicHost")) {
            spec.put("publicHost", host);
        }
        String interval = take(annotations, PREFIX + "gateway-poll-interval");
        if (!interval.isEmpty() && !spec.has("backendPingIntervalSeconds")) {
            ping(interval, spec, notes);
        }
        if (take(annotations, PREFIX + "disable-httproute").equals("true") && !spec.has("httpRouteManagement")) {
            spec.put("httpRouteManagement", "Disabled");
        }
        String port = take(annotations, PREFIX + "gateway-listener-port");
        if (!port.isEmpty() && spec.path("targetRef").path("sectionName").isMissingNode()) {
            notes.add("annotation " + PREFIX + "gateway-listener-port=" + port
                    + " left out: name the listener in spec.targetRef.sectionName unless its port is 8080");
        }
        if (!take(annotations, GUARDRAILS).isEmpty()) {
            notes.add("annotation " + GUARDRAILS
                    + " left out: this gateway has no guardrails; calls are NOT checked by them");
        }
    }

    private static void ping(String interval, ObjectNode spec, List<String> notes) {
        try {
            Duration duration = Duration.parse("PT" + interval);
            Duration bounded = duration.compareTo(SHORTEST_PING) < 0
                    ? SHORTEST_PING
                    : duration.compareTo(LONGEST_PING) > 0 ? LONGEST_PING : duration;
            spec.put("backendPingIntervalSeconds", bounded.toSeconds());
        } catch (DateTimeParseException notUnderstood) {
            notes.add("annotation " + PREFIX + "gateway-poll-interval=" + interval
                    + " not understood: set spec.backendPingIntervalSeconds");
        }
    }

    private static String take(ObjectNode annotations, String name) {
        String value = KnownFields.text(annotations, name);
        annotations.remove(name);
        return value;
    }
}
