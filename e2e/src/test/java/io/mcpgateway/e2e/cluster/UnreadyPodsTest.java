package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadyPodsTest {
    private static final String TABLE = "a\tgood\tTrue\nb\tbad\tFalse\nc\tyoung\t\n";

    @Test
    void thoseThatAreNotReadyOrNotKnownToBeAreNamed() {
        assertThat(UnreadyPods.names(TABLE))
                .containsExactly(new UnreadyPods.Name("b", "bad"), new UnreadyPods.Name("c", "young"));
        assertThat(UnreadyPods.names("")).isEmpty();
        assertThat(UnreadyPods.names("error: no server\n")).isEmpty();
    }

    /** A program replaces kubectl, because no Pod of a healthy cluster logs this. */
    @Test
    void theLogOfTheRunBeforeIsShownWhereThereIsOne(@TempDir Path folder) throws Exception {
        Path program = folder.resolve("kubectl");
        Files.writeString(program, """
                #!/bin/sh
                case "$*" in
                "get pods"*) printf 'a\\tgood\\tTrue\\nb\\tbad\\tFalse\\nc\\tyoung\\t\\n' ;;
                *" b bad "*--previous*) echo 'Error: Unable to access jarfile /tmp/x/broker.jar' ;;
                *--previous*) echo 'no previous container' >&2; exit 1 ;;
                *" c young "*) echo 'starting' ;;
                esac
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

        assertThat(UnreadyPods.lastWords(new Kubectl(List.of(program.toString()))))
                .contains("Pod b/bad is not ready", "Unable to access jarfile", "Pod c/young", "    starting")
                .doesNotContain("good", "no previous");
    }
}
