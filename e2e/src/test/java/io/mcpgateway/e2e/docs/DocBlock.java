package io.mcpgateway.e2e.docs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param language the word after the fence
 * @param mark the content of the comment above it; empty if there is none
 */
record DocBlock(String page, int line, String language, String text, Mark mark) {
    private static final Pattern WHERE = Pattern.compile("^run (?:on the (bed)|(here))(?:; shows: (.+))?$");
    private static final Pattern NOT = Pattern.compile("^not run: (.{10,})$");

    private static final Pattern MAKE = Pattern.compile("^make [a-z0-9-]+( |$)");

    /** What the test does with a block. */
    sealed interface Mark {
        /** There is no comment. */
        record None() implements Mark {}

        /** It is not run, for this reason. */
        record NotRun(String reason) implements Mark {}

        /** It is run, and its output must match. */
        record Run(boolean onBed, Optional<Pattern> shows) implements Mark {}

        /** The comment is none of the above. */
        record Unknown(String text) implements Mark {}
    }

    static Mark mark(String comment) {
        if (comment.isEmpty()) {
            return new Mark.None();
        }
        Matcher not = NOT.matcher(comment);
        if (not.matches()) {
            return new Mark.NotRun(not.group(1));
        }
        Matcher where = WHERE.matcher(comment);
        if (where.matches()) {
            return new Mark.Run(
                    where.group(1) != null,
                    Optional.ofNullable(where.group(3)).map(text -> Pattern.compile(text, Pattern.MULTILINE)));
        }
        return new Mark.Unknown(comment);
    }

    boolean isCommand() {
        return switch (language) {
            case "sh", "bash", "shell", "console" -> true;
            default -> false;
        };
    }

    /** The targets, if it only calls make; those run in CI, not here. */
    List<String> makeTargets() {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return lines.stream().allMatch(line -> MAKE.matcher(line).find())
                ? lines.stream()
                        .map(line -> line.replaceFirst("^make ", "").replaceFirst(" .*", ""))
                        .toList()
                : List.of();
    }

    boolean isYaml() {
        return language.equals("yaml");
    }

    /** Whether it runs in this place. */
    boolean runs(boolean onBed) {
        return mark instanceof Mark.Run run && run.onBed() == onBed;
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
