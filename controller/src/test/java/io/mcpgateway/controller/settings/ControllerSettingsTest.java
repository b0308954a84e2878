package io.mcpgateway.controller.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.runtime.LogSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ControllerSettingsTest {
    private static final Map<String, String> POD = Map.of(
            "KUBERNETES_SERVICE_HOST", "10.0.0.1",
            "NAMESPACE", "mcp-system",
            "POD_NAME", "controller-0");

    @Test
    void thePortsAreThoseOfTheGoProject() {
        ControllerSettings settings = valid(Map.of());

        assertThat(settings.healthPort()).isEqualTo(8081);
        assertThat(settings.metricsPort()).isEqualTo(8082);
        assertThat(settings.log()).isEqualTo(new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT));
    }

    @Test
    void leadersAreElectedInAClusterAndNotOutside() {
        assertThat(valid(POD).lease())
                .contains(new ControllerSettings.Lease("mcp-system", "mcp-gateway-controller", "controller-0"));
        assertThat(valid(POD, "--leader-elect=false").lease()).isEmpty();
        assertThat(valid(Map.of()).lease()).isEqualTo(Optional.empty());
    }

    @Test
    void anElectionNeedsToKnowWhereAndWho() {
        assertThat(refused(Map.of(), "--leader-elect"))
                .anyMatch(problem -> problem.contains("NAMESPACE"))
                .anyMatch(problem -> problem.contains("POD_NAME"));
    }

    @Test
    void theBrokersImageComesFromTheEnvironment() {
        assertThat(valid(Map.of("RELATED_IMAGE_ROUTER_BROKER", "example.org/broker:1"))
                        .brokerImage())
                .isEqualTo("example.org/broker:1");
    }

    @ParameterizedTest
    @CsvSource({"debug,DEBUG", "-4,DEBUG", "WARN,WARN", "8,ERROR"})
    void levelsAreNamesOrTheNumbersOfTheGoProject(String text, LogSettings.Level level) {
        assertThat(valid(Map.of("LOG_LEVEL", text)).log().level()).isEqualTo(level);
    }

    @Test
    void theCommandLineWinsOverTheEnvironment() {
        assertThat(valid(Map.of("LOG_LEVEL", "error"), "--log-level=debug")
                        .log()
                        .level())
                .isEqualTo(LogSettings.Level.DEBUG);
    }

    @Test
    void everyProblemIsReportedTogether() {
        assertThat(refused(Map.of("LOG_LEVEL", "loud"), "--log-format=xml", "--health-port=70000", "--metrics-port=-1"))
                .hasSize(4);
        assertThat(refused(Map.of(), "--health-port=9000", "--metrics-port=9000"))
                .singleElement()
                .asString()
                .contains("must differ");
    }

    private static ControllerSettings valid(Map<String, String> environment, String... line) {
        return ((ControllerSettings.Result.Valid) read(environment, line)).settings();
    }

    private static List<String> refused(Map<String, String> environment, String... line) {
        return ((ControllerSettings.Result.Refused) read(environment, line)).problems();
    }

    private static ControllerSettings.Result read(Map<String, String> environment, String... line) {
        ControllerArguments arguments = new ControllerArguments();
        new CommandLine(new Holder(arguments)).parseArgs(line);
        return ControllerSettings.read(arguments, environment);
    }

    @CommandLine.Command
    private record Holder(@CommandLine.Mixin ControllerArguments arguments) {}
}
