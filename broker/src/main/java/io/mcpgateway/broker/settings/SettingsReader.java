package io.mcpgateway.broker.settings;

import io.mcpgateway.broker.settings.Setting.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Judges command line and environment together and reports every problem at once. */
public final class SettingsReader {
    /** The result of reading. */
    public sealed interface Result {
        record Valid(BrokerSettings settings) implements Result {
            public Valid {
                Objects.requireNonNull(settings, "settings");
            }
        }

        /** Each problem names the flag or variable and the fix. */
        record Refused(List<String> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    private static final String OPEN_TELEMETRY = "OTEL_";

    private record Given(String source, String text) {}

    private final CommandSpec line;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();
    private final Set<Setting<?>> refused = new HashSet<>();

    private SettingsReader(CommandSpec line, Map<String, String> environment) {
        this.line = line;
        this.environment = environment;
    }

    /** Lets a command take the flags of all settings, as texts. */
    public static void declare(CommandSpec command) {
        // In this order, and before --help and --version.
        int order = -BrokerOptions.ALL.size();
        for (Setting<?> setting : BrokerOptions.ALL) {
            if (!setting.flags().isEmpty()) {
                command.addOption(option(setting, order++));
            }
        }
    }

    /**
     * Reads all settings.
     *
     * @param line {@linkplain #declare declared}, and parsed
     */
    public static Result read(CommandSpec line, Map<String, String> environment) {
        return new SettingsReader(line, environment).read();
    }

    private static OptionSpec option(Setting<?> setting, int order) {
        OptionSpec.Builder option = OptionSpec.builder(setting.flags().toArray(String[]::new))
                .type(String.class)
                .paramLabel(setting.label())
                .description(setting.help())
                .hidden(setting.hidden())
                .order(order);
        return setting.isSwitch()
                ? option.arity("0..1").fallbackValue("true").build()
                : option.arity("1").build();
    }

    private Result read() {
        Map<Setting<?>, Object> values = new LinkedHashMap<>();
        for (Setting<?> setting : BrokerOptions.ALL) {
            value(setting).ifPresent(value -> values.put(setting, value));
        }
        BrokerSettings settings = new BrokerSettings(values, openTelemetry());
        problems.addAll(settings.problems(refused));
        return problems.isEmpty() ? new Result.Valid(settings) : new Result.Refused(problems);
    }

    private Map<String, String> openTelemetry() {
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(OPEN_TELEMETRY))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private <T> Optional<T> value(Setting<T> setting) {
        Optional<Given> given = fromLine(setting).or(() -> fromEnvironment(setting));
        return given.flatMap(text -> switch (setting.reading().apply(text.text())) {
            case Outcome.Value<T>(T value) -> Optional.of(value);
            case Outcome.Refused<T>(List<String> reasons) -> {
                refused.add(setting);
                reasons.forEach(reason -> problems.add(setting.name(text.source()) + " " + reason));
                yield Optional.empty();
            }
        });
    }

    /** An empty text leaves the word to the variable, if there is one. */
    private Optional<Given> fromLine(Setting<?> setting) {
        return Stream.of(setting)
                .filter(any -> !any.flags().isEmpty())
                .map(any -> line.findOption(any.flags().getFirst()))
                .flatMap(option -> Stream.ofNullable(option.<String>getValue()))
                .filter(text -> !text.isBlank() || setting.variables().isEmpty())
                .map(text -> new Given(setting.flags().getFirst(), text))
                .findFirst();
    }

    /** A variable that is set and not empty. */
    private Optional<Given> fromEnvironment(Setting<?> setting) {
        return setting.variables().stream()
                .flatMap(name -> Stream.ofNullable(environment.get(name)))
                .filter(text -> !text.isBlank())
                .map(text -> new Given(setting.variables().getFirst(), text))
                .findFirst();
    }
}
