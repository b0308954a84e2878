package io.mcpgateway.e2e.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * How often methods were called, as Flight Recorder counts it (JEP 520).
 *
 * @param calls by method; none is 0
 */
record MethodCounts(Map<Method, Long> calls) {
    /**
     * One method.
     *
     * @param type its binary name
     * @param signature its name and descriptor
     */
    record Method(String type, String signature) {
        String topLevelType() {
            int nested = type.indexOf('$');
            return nested < 0 ? type : type.substring(0, nested);
        }

        String packageName() {
            return type.substring(0, type.lastIndexOf('.'));
        }
    }

    MethodCounts {
        calls = Map.copyOf(calls);
    }

    /** Of a recording of {@code jdk.MethodTiming}, from its start to its end. */
    static MethodCounts of(Path recording) throws IOException {
        Map<Method, Long> calls = new HashMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            if (event.getEventType().getName().equals("jdk.MethodTiming") && event.getLong("invocations") > 0) {
                RecordedMethod method = event.getValue("method");
                calls.merge(
                        new Method(method.getType().getName(), method.getName() + method.getDescriptor()),
                        event.getLong("invocations"),
                        Math::max);
            }
        }
        return new MethodCounts(calls);
    }

    /** What each of these requests ran. Methods that ran less often than there were requests belong to something else. */
    MethodCounts each(int requests) {
        return new MethodCounts(calls.entrySet().stream()
                .filter(method -> method.getValue() >= requests)
                .collect(Collectors.toMap(Map.Entry::getKey, method -> method.getValue() / requests)));
    }

    long types() {
        return calls.keySet().stream().map(Method::topLevelType).distinct().count();
    }

    long packages() {
        return calls.keySet().stream().map(Method::packageName).distinct().count();
    }

    int methods() {
        return calls.size();
    }

    long invocations() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@code type: methods, invocations} for each top-level type. */
    List<String> lines() {
        Map<String, List<Map.Entry<Method, Long>>> types = calls.entrySet().stream()
                .collect(Collectors.groupingBy(
                        method -> method.getKey().topLevelType(), TreeMap::new, Collectors.toList()));
        return types.entrySet().stream()
                .map(type -> "%s: %d methods, %d invocations"
                        .formatted(
                                type.getKey(),
                                type.getValue().size(),
                                type.getValue().stream()
                                        .mapToLong(Map.Entry::getValue)
                                        .sum()))
                .toList();
    }
}
