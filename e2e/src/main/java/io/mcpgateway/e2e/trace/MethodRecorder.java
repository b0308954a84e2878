package io.mcpgateway.e2e.trace;

import io.mcpgateway.e2e.process.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lets the Flight Recorder of a running JVM count the calls of all methods of some types. */
final class MethodRecorder {
    private final RunningJvm jvm;
    private final Path settings;
    private final Path recording;

    private MethodRecorder(RunningJvm jvm, Path settings, Path recording) {
        this.jvm = jvm;
        this.settings = settings;
        this.recording = recording;
    }

    /** @param folder for its files */
    static MethodRecorder of(RunningJvm jvm, Path folder, OwnTypes types) throws IOException {
        Path settings = folder.resolve("methods.jfc");
        Files.writeString(settings, """
                <?xml version="1.0" encoding="UTF-8"?>
                <configuration version="2.0">
                  <event name="jdk.MethodTiming">
                    <setting name="enabled">true</setting>
                    <setting name="period">endChunk</setting>
                    <setting name="filter">%s</setting>
                  </event>
                </configuration>
                """.formatted(String.join(";", types.names())));
        return new MethodRecorder(jvm, settings, folder.resolve("methods.jfr"));
    }

    void start() throws IOException {
        jvm.command("JFR.start name=methods settings=" + settings);
    }

    /** Ends the count that {@link #start} began. */
    MethodCounts stop() throws IOException {
        jvm.command("JFR.stop name=methods filename=" + recording);
        return MethodCounts.of(recording);
    }
}
