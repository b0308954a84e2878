package io.mcpgateway.e2e.scale.picture;

import io.mcpgateway.e2e.scale.picture.Curve.Panel;
import io.mcpgateway.e2e.scale.picture.Measured.Point;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code docs/performance.md} shows of a curve: the picture, how it was measured, and a table. */
public final class Page {
    private Page() {}

    /** The page with the part of this curve made anew from its data. Throws if the page has no place for it. */
    public static String with(String page, Measured measured) {
        String begin = "<!-- made by make scale from scale/" + measured.curve().word() + ".json -->\n";
        String end = "<!-- end of " + measured.curve().word() + " -->\n";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("the page has no '" + begin.strip() + "' and '" + end.strip() + "'");
        }
        return page.substring(0, from + begin.length()) + "\n" + part(measured) + "\n" + page.substring(to);
    }

    /** In Markdown. */
    public static String part(Measured measured) {
        String word = measured.curve().word();
        return "### Number of " + word + "\n\n![" + description(measured) + "](images/scale-" + word + ".svg)\n\n"
                + circumstances(measured) + "\n\n" + table(measured);
    }

    /** In place of the picture, for those who cannot see it: the first and the last point of each figure. */
    static String description(Measured measured) {
        List<Point> points = measured.points();
        Point first = points.getFirst();
        Point last = points.getLast();
        return "Line charts by number of " + measured.curve().axis() + ", at " + Words.number(first.x()) + " and at "
                + Words.number(last.x()) + ": "
                + measured.curve().panels().stream()
                        .map(Panel::first)
                        .filter(figure -> first.has(figure) && last.has(figure))
                        .map(figure -> figure.label() + " " + Words.number(first.median(figure)) + " and "
                                + value(figure, last.median(figure)))
                        .collect(Collectors.joining("; "));
    }

    private static String circumstances(Measured measured) {
        String word = measured.curve().word();
        String how = switch (measured.curve()) {
            case TOOLS, SERVERS, REPLICAS -> loads(measured) + ", the points in turn";
            case SESSIONS -> loads(measured) + ", one point after the other on one broker";
            case REGISTRATIONS -> "one run of `ScaleTest` on the bed";
        };
        String others = measured.curve() == Curve.REGISTRATIONS
                ? ""
                : ", of which other programs used " + Words.number(measured.coresOfOthers())
                        + " on average (load average before: " + Words.number(measured.loadBefore()) + ")";
        return measured.taken() + ": " + how + ", on " + measured.cores() + " cores" + others + " ([raw data](scale/"
                + word + ".json)).";
    }

    private static String loads(Measured measured) {
        return "medians of " + measured.rounds() + " rounds of " + measured.seconds() + " s with " + measured.workers()
                + " clients";
    }

    private static String table(Measured measured) {
        List<Panel> columns = Stream.concat(
                        measured.curve().panels().stream(),
                        Stream.of(new Panel(Figure.LIST_KIB), new Panel(Figure.ERRORS)))
                .filter(column -> measured.points().stream().anyMatch(column::isAt))
                .toList();
        StringBuilder table = new StringBuilder("| ").append(measured.curve().axis());
        columns.forEach(column -> table.append(" | ").append(column.label()));
        table.append(" |\n|").append("---|".repeat(columns.size() + 1)).append('\n');
        for (Point point : measured.points()) {
            table.append("| ").append(Words.number(point.x()));
            columns.forEach(column -> table.append(" | ").append(column.isAt(point) ? values(column, point) : ""));
            table.append(" |\n");
        }
        return table.toString();
    }

    private static String values(Panel column, Point point) {
        return column.second()
                        .map(_ -> Words.number(point.median(column.first())) + ", ")
                        .orElse("")
                + value(
                        column.second().orElse(column.first()),
                        point.median(column.second().orElse(column.first())));
    }

    private static String value(Figure figure, double value) {
        return Words.number(value)
                + (figure.unit().isEmpty() || figure.unit().equals("1/s") ? "" : " " + figure.unit());
    }
}
