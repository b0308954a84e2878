package io.mcpgateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Real processes, as a machine cannot be ended twice. */
class TerminationTest {
    @Test
    void aProgramThatReturnsExitsWithItsCode() throws Exception {
        Process process = start("returns");

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(7);
    }

    @Test
    void aSignalLetsTheProgramFinish() throws Exception {
        Process process = start("waits");
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("waiting");

        process.toHandle().destroy();

        assertThat(output.readLine()).isEqualTo("finished");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aProgramMayEndItself() throws Exception {
        Process process = start("gives up");

        assertThat(process.inputReader().readLine()).isEqualTo("finished");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    private static Process start(String behaviour) throws Exception {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        behaviour))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What is started. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Termination.run(termination -> run(arguments[0], termination));
        }

        private static int run(String behaviour, Termination termination) {
            if (behaviour.equals("returns")) {
                return 7;
            }
            if (behaviour.equals("gives up")) {
                termination.request();
            } else {
                System.out.println("waiting");
            }
            try {
                termination.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            System.out.println("finished");
            return termination.isRequested() ? 1 : 0;
        }
    }
}
