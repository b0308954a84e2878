package io.mcpgateway.controller.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Counts calls of methods in this JVM by Flight Recorder (JEP 520), so that no class has to count for a test. */
public final class CountedCalls implements AutoCloseable {
    private final Recording recording = new Recording();

    /** @param methods {@code io.example.Type::method} each */
    public CountedCalls(String... methods) {
        recording.enable("jdk.MethodTiming").with("filter", String.join(";", methods));
        recording.start();
    }

    /** Ends the count; {@code Type::method} and how often it was called since the start. */
    public Map<String, Long> counts() {
        recording.stop();
        try {
            Path file = Files.createTempFile("calls", ".jfr");
            try {
                recording.dump(file);
                Map<String, Long> counts = new TreeMap<>();
                for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                    if (event.getEventType().getName().equals("jdk.MethodTiming")) {
                        RecordedMethod method = event.getValue("method");
                        String type = method.getType().getName();
                        counts.merge(
                                type.substring(type.lastIndexOf('.') + 1) + "::" + method.getName(),
                                event.getLong("invocations"),
                                Math::max);
                    }
                }
                return counts;
            } finally {
                Files.delete(file);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        recording.close();
    }
}
