package io.mcpgateway.e2e.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.process.RunningJvm;
import io.mcpgateway.e2e.trace.MethodCounts.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodRecorderTest {
    private static final String TYPE = "io.mcpgateway.e2e.trace.MethodRecorderTest$Worked";

    /** What is counted. */
    private static final class Worked {
        private static int twice(int number) {
            return once(number) + once(number);
        }

        private static int once(int number) {
            return number;
        }
    }

    @Test
    void callsAreCountedFromTheStartToTheStop(@TempDir Path folder) throws IOException {
        RunningJvm self = new RunningJvm(ProcessHandle.current().pid());
        MethodRecorder recorder = MethodRecorder.of(self, folder, new OwnTypes(List.of(TYPE)));
        Worked.twice(1);

        recorder.start();
        assertThat(Worked.twice(2) + Worked.twice(3) + Worked.once(4)).isEqualTo(14);
        MethodCounts counts = recorder.stop();

        assertThat(counts.calls())
                .isEqualTo(Map.of(new Method(TYPE, "twice(I)I"), 2L, new Method(TYPE, "once(I)I"), 5L));
        assertThat(counts.each(2).calls())
                .as("the part of each of two")
                .isEqualTo(Map.of(new Method(TYPE, "twice(I)I"), 1L, new Method(TYPE, "once(I)I"), 2L));
        assertThat(counts.each(3).methods()).as("what ran three times").isEqualTo(1);
        assertThat(counts.lines()).containsExactly(TYPE.substring(0, TYPE.indexOf('$')) + ": 2 methods, 7 invocations");
    }
}
