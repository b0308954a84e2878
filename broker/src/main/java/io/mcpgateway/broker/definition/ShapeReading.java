package io.mcpgateway.broker.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.broker.definition.Shape.Need;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks one value against its shape, and records what does not match and how to repair what can be repaired. */
final class ShapeReading {
    /** What is remembered of one definition; the rest is only counted as wrong. */
    private static final int MOST_FINDINGS = 5;

    private static final double MOST_EXACT = 0x1p53;
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)");
    private static final ObjectMapper TREES = new ObjectMapper();

    /** How well a value fits. */
    private enum Fit {
        GOOD,
        /** By the schema it does, but a client could not read it. */
        UNREADABLE,
        WRONG
    }

    private final byte[] json;
    private final JsonParser parser;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> mended = new ArrayList<>();
    private final List<Splice> cuts = new ArrayList<>();

    private ShapeReading(byte[] json, JsonParser parser) {
        this.json = json;
        this.parser = parser;
    }

    static CheckedDefinition read(Shape.Structure shape, byte[] json) throws IOException {
        try (JsonParser parser = JsonSlices.openObject(json)) {
            ShapeReading reading = new ShapeReading(json, parser);
            boolean good = reading.structure(shape, "") == Fit.GOOD;
            return good
                    ? new CheckedDefinition.Fit(
                            RawJson.owning(Splice.all(reading.cuts, json, 0, json.length)), texts(reading.mended))
                    : new CheckedDefinition.Unfit(texts(reading.findings));
        }
    }

    private static List<String> texts(List<Finding> findings) {
        return findings.stream().map(Finding::toString).toList();
    }

    /** Leaves the parser on the last token of the value. */
    private Fit value(Shape shape, String path) throws IOException {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        return switch (shape) {
            case Shape.Plain plain -> plain(plain, path);
            case Shape.Choice choice -> judge(isText() && choice.values().contains(parser.getText()), choice, path);
            case Shape.ListOf list -> list(list, path);
            case Shape.Structure structure -> object ? structure(structure, path) : wrong(path, shape.rule());
            case Shape.Properties _ -> object ? properties(path) : wrong(path, shape.rule());
            case Shape.Compiled compiled -> object ? compiled(compiled, path) : wrong(path, shape.rule());
        };
    }

    private Fit plain(Shape.Plain shape, String path) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (shape) {
            case TEXT -> judge(isText(), shape, path);
            case NAME -> judge(isText() && !parser.getText().isBlank(), shape, path);
            case FLAG -> judge(token.isBoolean(), shape, path);
            case OBJECT -> judge(token == JsonToken.START_OBJECT, shape, path);
            case WHOLE -> judge(isWhole(), shape, path);
            case SHARE ->
                judge(token.isNumeric() && parser.getDoubleValue() >= 0 && parser.getDoubleValue() <= 1, shape, path);
            case URI -> judge(isText() && UriRule.fits(parser.getText()), shape, path);
            case TIME -> {
                if (isText() && !isTime(parser.getText())) {
                    yield unreadable(path, shape.rule());
                }
                yield judge(isText(), shape, path);
            }
        };
    }

    private Fit list(Shape.ListOf list, String path) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return wrong(path, list.rule());
        }
        Fit worst = Fit.GOOD;
        int position = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            worst = worse(worst, value(list.each(), path + "[" + position + "]"));
            position++;
        }
        return worst;
    }

    private Fit structure(Shape.Structure structure, String path) throws IOException {
        Fit worst = Fit.GOOD;
        Set<String> seen = new HashSet<>();
        ObjectCuts members = new ObjectCuts();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Shape.Member member = structure.members().get(name);
            int start = JsonSlices.tokenStart(parser);
            parser.nextToken();
            if (member == null) {
                members.add(start, JsonSlices.valueEnd(parser), true);
                continue;
            }
            String below = Paths.member(path, name);
            if (!seen.add(name)) {
                note(findings, new Finding(below, "is given twice"));
                worst = Fit.WRONG;
            }
            Taken taken = member(member, below);
            worst = worse(worst, taken.fit());
            members.add(start, JsonSlices.valueEnd(parser), taken.kept());
        }
        for (Map.Entry<String, Shape.Member> member : structure.members().entrySet()) {
            if (member.getValue().need() == Need.REQUIRED && !seen.contains(member.getKey())) {
                note(findings, new Finding(Paths.member(path, member.getKey()), "is missing"));
                worst = Fit.WRONG;
            }
        }
        members.appendTo(cuts);
        return worst;
    }

    private record Taken(Fit fit, boolean kept) {}

    private Taken member(Shape.Member member, String path) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL && member.need() != Need.REQUIRED) {
            boolean keep = member.need() == Need.FOREIGN;
            if (!keep) {
                note(mended, new Finding(path, "was null"));
            }
            return new Taken(Fit.GOOD, keep);
        }
        int cutsBefore = cuts.size();
        int findingsBefore = findings.size();
        int mendedBefore = mended.size();
        Fit fit = value(member.shape(), path);
        boolean dispensable = (fit == Fit.UNREADABLE && member.need() == Need.OPTIONAL)
                || (fit != Fit.GOOD && member.need() == Need.FOREIGN);
        if (!dispensable) {
            return new Taken(fit == Fit.GOOD ? Fit.GOOD : Fit.WRONG, true);
        }
        String why = findings.size() > findingsBefore
                ? findings.get(findingsBefore).toString()
                : "not every client can read it";
        truncate(cuts, cutsBefore);
        truncate(findings, findingsBefore);
        truncate(mended, mendedBefore);
        note(mended, new Finding(path, "was cut out: " + why));
        return new Taken(Fit.GOOD, false);
    }

    /** In JSON Schema {@code true} is the same as an empty object, but MCP only has the latter. */
    private Fit properties(String path) throws IOException {
        Fit worst = Fit.GOOD;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String below = Paths.member(path, parser.currentName());
            JsonToken token = parser.nextToken();
            int start = JsonSlices.tokenStart(parser);
            int end = JsonSlices.valueEnd(parser);
            if (token.isBoolean()) {
                String same = token == JsonToken.VALUE_TRUE ? "{}" : "{\"not\":{}}";
                cuts.add(new Splice(start, end, same));
                note(mended, new Finding(below, "was " + token.asString() + ", is now " + same));
            } else if (token != JsonToken.START_OBJECT) {
                worst = wrong(below, "must be an object");
            }
        }
        return worst;
    }

    private Fit compiled(Shape.Compiled compiled, String path) throws IOException {
        int start = JsonSlices.tokenStart(parser);
        int cutsBefore = cuts.size();
        Fit outline = structure(compiled.outline(), path);
        if (outline != Fit.GOOD) {
            return outline;
        }
        int end = JsonSlices.valueEnd(parser);
        byte[] schema = Splice.all(cuts.subList(cutsBefore, cuts.size()), json, start, end);
        Optional<Finding> flaw = CompiledSchema.flaw(TREES.readTree(schema));
        if (flaw.isEmpty()) {
            return Fit.GOOD;
        }
        String inside = flaw.get().path();
        return unreadable(
                inside.isEmpty() ? path : path + "." + inside, flaw.get().rule());
    }

    private boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    private boolean isWhole() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        }
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            return false;
        }
        double number = parser.getDoubleValue();
        return number == Math.rint(number) && Math.abs(number) <= MOST_EXACT;
    }

    private static boolean isTime(String text) {
        if (!TIME.matcher(text).matches()) {
            return false;
        }
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private Fit judge(boolean good, Shape shape, String path) throws IOException {
        if (good) {
            parser.skipChildren();
            return Fit.GOOD;
        }
        return wrong(path, shape.rule());
    }

    private Fit wrong(String path, String rule) throws IOException {
        parser.skipChildren();
        note(findings, new Finding(path, rule));
        return Fit.WRONG;
    }

    private Fit unreadable(String path, String rule) {
        note(findings, new Finding(path, rule));
        return Fit.UNREADABLE;
    }

    private static Fit worse(Fit one, Fit other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static void note(List<Finding> list, Finding finding) {
        if (list.size() < MOST_FINDINGS) {
            list.add(finding);
        }
    }

    private static void truncate(List<?> list, int size) {
        list.subList(size, list.size()).clear();
    }
}
