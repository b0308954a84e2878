package io.mcpgateway.broker.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One setting of the process, declared once: its flag or variable, its type, its default, and
 * its text in {@code --help}. {@link BrokerOptions} has all of them; {@link BrokerSettings#get} gives their values.
 *
 * @param flags the first is the usual one; none if only a variable sets it
 * @param variables the first is the usual one; a flag takes precedence
 * @param label of the value, in {@code --help}
 * @param isSwitch whether the flag alone means {@code true}
 * @param hidden whether {@code --help} leaves it out
 * @param otherwise the value if it is not set
 */
public record Setting<T>(
        List<String> flags,
        List<String> variables,
        String label,
        String help,
        boolean isSwitch,
        boolean hidden,
        Function<String, Outcome<T>> reading,
        T otherwise) {
    /** What became of a text. */
    sealed interface Outcome<T> {
        record Value<T>(T value) implements Outcome<T> {}

        /** Each problem continues after the name: {@code must be ...}. */
        record Refused<T>(List<String> problems) implements Outcome<T> {}

        static <T> Outcome<T> refused(String problem) {
            return new Refused<>(List.of(problem));
        }
    }

    public Setting {
        flags = List.copyOf(flags);
        variables = List.copyOf(variables);
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(help, "help");
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(otherwise, "otherwise");
    }

    /** What messages call it when this flag or variable set it: both names, where the text could have come from either. */
    String name(String source) {
        return isSwitch || flags.isEmpty() || variables.isEmpty()
                ? source
                : flags.getFirst() + " or " + variables.getFirst();
    }

    /** Set by a flag. */
    static Draft flag(String label, String flag, String... alsoKnownAs) {
        List<String> flags = new ArrayList<>(List.of(flag));
        flags.addAll(Arrays.asList(alsoKnownAs));
        return new Draft(flags, List.of(), label, "", false);
    }

    /** Set by a variable only. */
    static Draft variable(String... names) {
        return new Draft(List.of(), Arrays.asList(names), "", "", false);
    }

    /** A setting whose type is still to be said. */
    record Draft(List<String> flags, List<String> variables, String label, String help, boolean hidden) {
        Draft orVariable(String name) {
            return new Draft(flags, List.of(name), label, help, hidden);
        }

        Draft help(String text) {
            return new Draft(flags, variables, label, text, hidden);
        }

        Draft inNoHelp() {
            return new Draft(flags, variables, label, help, true);
        }

        Setting<Boolean> toggle(boolean otherwise) {
            return new Setting<>(flags, variables, label, help, true, hidden, Draft::truth, otherwise);
        }

        Setting<String> text(String otherwise) {
            return as(Outcome.Value::new, otherwise);
        }

        Setting<Optional<String>> optionalText() {
            return as(text -> new Outcome.Value<>(Optional.of(text)), Optional.empty());
        }

        /** Parts between commas. */
        Setting<List<String>> list(List<String> otherwise) {
            return as(text -> new Outcome.Value<>(split(text)), otherwise);
        }

        Setting<Integer> number(int least, int most, int otherwise) {
            return as(text -> integer(text, least, most), otherwise);
        }

        /** @param must continues with the given value */
        <T> Setting<T> parsed(Function<String, Optional<T>> parse, String must, T otherwise) {
            return as(text -> read(parse, must, text, Function.identity()), otherwise);
        }

        /** The same for a setting that may be without a value. */
        <T> Setting<Optional<T>> optional(Function<String, Optional<T>> parse, String must) {
            return as(text -> read(parse, must, text, Optional::of), Optional.empty());
        }

        static <T, V> Outcome<V> read(
                Function<String, Optional<T>> parse, String must, String text, Function<T, V> finish) {
            return parse.apply(text)
                    .map(finish)
                    .<Outcome<V>>map(Outcome.Value::new)
                    .orElseGet(() -> Outcome.refused("must " + must + ", not '" + text + "'"));
        }

        <T> Setting<T> as(Function<String, Outcome<T>> reading, T otherwise) {
            return new Setting<>(flags, variables, label, help, false, hidden, reading, otherwise);
        }

        private static Outcome<Boolean> truth(String text) {
            String value = text.strip().toLowerCase(Locale.ROOT);
            return value.equals("true") || value.equals("false")
                    ? new Outcome.Value<>(value.equals("true"))
                    : Outcome.refused("must be true or false, not '" + value + "'");
        }

        private static Outcome<Integer> integer(String text, int least, int most) {
            try {
                int value = Integer.parseInt(text.strip());
                if (value >= least && value <= most) {
                    return new Outcome.Value<>(value);
                }
            } catch (NumberFormatException notANumber) {
                // refused below
            }
            return Outcome.refused("must be a number between " + least + " and " + most + ", not '" + text + "'");
        }

        static List<String> split(String text) {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
        }
    }
}
