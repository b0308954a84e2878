package io.mcpgateway.controller.trace.answers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.reason.RoutedCallJson;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import java.time.Duration;
import java.util.Locale;

/** The report for programs. Members may be added; the present ones keep their names and types (docs/trace.md). */
public final class TraceJson {
    private static final int LONGEST = 64 * 1024;
    private static final double NANOS_PER_MILLI = 1e6;

    private TraceJson() {}

    public static String of(TraceReport report) {
        ObjectNode root =
                JsonNodeFactory.instance.objectNode().put("version", 1).put("requestId", report.requestId());
        report.outcome()
                .ifPresent(outcome -> root.putObject("result")
                        .put("outcome", outcome.kind().word().toLowerCase(Locale.ROOT))
                        .put("status", outcome.status())
                        .put("text", cut(outcome.text())));
        report.call().ifPresent(call -> call(call, root));
        ArrayNode routes = root.putArray("decisions");
        report.routes().forEach(route -> {
            ObjectNode node = RoutedCallJson.tree(route.call()).put("micros", route.micros());
            route.sources().forEach(node.putArray("sources")::add);
            routes.add(node);
        });
        ArrayNode audits = root.putArray("audit");
        report.log()
                .audits()
                .forEach(audit ->
                        audits.addObject().put("source", audit.source()).set("line", audit.line()));
        ArrayNode accesses = root.putArray("access");
        report.log().accesses().forEach(access -> access(access, accesses.addObject()));
        ArrayNode others = root.putArray("log");
        report.log()
                .others()
                .forEach(line -> others.addObject().put("source", line.source()).put("text", cut(line.text())));
        report.gaps().forEach(root.putArray("unseen")::add);
        return root.toPrettyString() + "\n";
    }

    private static void call(TracedCall call, ObjectNode root) {
        ObjectNode node = root.putObject("call")
                .put("url", call.url())
                .put("tool", call.tool())
                .put("id", call.rpcId())
                .put("protocolVersion", call.protocolVersion())
                .put("tunnelled", call.tunnelled());
        call.connection().ifPresent(connection -> {
            ObjectNode times = node.putObject("connection");
            times.put("lookupMillis", millis(connection.lookup())).put("connectMillis", millis(connection.connect()));
            connection.tls().ifPresent(tls -> times.put("tlsMillis", millis(tls)));
        });
        ArrayNode steps = node.putArray("steps");
        call.steps()
                .forEach(timed -> steps.addObject()
                        .put("name", timed.step().name())
                        .put("status", timed.step().status())
                        .put("firstMillis", millis(timed.first()))
                        .put("wholeMillis", millis(timed.whole())));
    }

    private static void access(AccessRecord access, ObjectNode node) {
        node.put("source", access.source())
                .put("status", access.status())
                .put("flags", access.flags())
                .put("millis", access.millis());
        access.serverMillis().ifPresent(millis -> node.put("serverMillis", millis));
        node.put("server", access.server());
    }

    private static double millis(Duration time) {
        return time.toNanos() / NANOS_PER_MILLI;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
