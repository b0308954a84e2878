package io.mcpgateway.controller.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Counts calls of methods in this JVM by Flight Recorder (JEP 520), so that no class has to count for a test. */
public final class CountedCalls implements AutoCloseable {
    private final Recording recording = new Recording();

    private CountedCalls(List<String> types) {
        recording.enable("jdk.MethodTiming").with("filter", String.join(";", types));
        recording.start();
    }

    /** Of all methods of this project's types, except records with annotated components: the JVM cannot instrument those. */
    public static CountedCalls ofOurTypes() {
        return new CountedCalls(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.mcpgateway").stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::reflect)
                        .filter(type -> !type.isRecord()
                                || Arrays.stream(type.getRecordComponents()).noneMatch(CountedCalls::isAnnotated))
                        .map(Class::getName)
                        .toList());
    }

    private static boolean isAnnotated(RecordComponent component) {
        return component.getAnnotations().length > 0
                || component.getAnnotatedType().getAnnotations().length > 0;
    }

    /** Ends the count; {@code io.example.Type::method} and how often it was called since the start. */
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
                        counts.merge(
                                method.getType().getName() + "::" + method.getName(),
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
