package io.mcpgateway.e2e.scale.picture;

import io.mcpgateway.e2e.scale.picture.Curve.Panel;
import io.mcpgateway.e2e.scale.picture.Measured.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A curve as an SVG: small charts side by side. The same data always give the same text. It has its own background and
 * follows the reader's colour scheme; figures differ in line and marker, not only in colour.
 */
public final class Picture {
    private static final int COLUMNS = 3;
    private static final int WIDTH = 300;
    private static final int HEIGHT = 200;
    private static final int LEFT = 46;
    private static final int RIGHT = 16;
    private static final int TOP = 34;
    private static final int BOTTOM = 26;
    private static final int FOOT = 22;

    private static final String STYLE = """
        <style>
        svg{--back:#ffffff;--text:#1f2328;--line:#d1d9e0;--first:#0969da;--second:#bc4c00}
        @media (prefers-color-scheme:dark){svg{--back:#0d1117;--text:#e6edf3;--line:#3d444d;--first:#58a6ff;--second:#f0883e}}
        text{font:11px system-ui,sans-serif;fill:var(--text)}
        .title{font-weight:600}
        .grid{stroke:var(--line)}
        .first{stroke:var(--first);fill:none;stroke-width:2}
        .second{stroke:var(--second);fill:none;stroke-width:2;stroke-dasharray:5 3}
        .dot1{fill:var(--first)}
        .dot2{fill:var(--back);stroke:var(--second);stroke-width:2}
        .spread{stroke-width:1}
        </style>
        """;

    private final Measured measured;
    private final StringBuilder svg = new StringBuilder(8 * 1024);

    private Picture(Measured measured) {
        this.measured = measured;
    }

    /** The text of the SVG file. */
    public static String svg(Measured measured) {
        return new Picture(measured).draw();
    }

    private String draw() {
        List<Panel> panels = measured.curve().panels();
        int width = COLUMNS * WIDTH;
        int height = (panels.size() + COLUMNS - 1) / COLUMNS * HEIGHT + FOOT;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"t"
                        + " d\">%n",
                width, height);
        add("<title id=\"t\">%s</title>%n", measured.curve().axis());
        add("<desc id=\"d\">%s</desc>%n", Page.description(measured));
        svg.append(STYLE);
        add("<rect width=\"%d\" height=\"%d\" fill=\"var(--back)\"/>%n", width, height);
        for (int i = 0; i < panels.size(); i++) {
            panel(panels.get(i), i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT);
        }
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">across: %s; dashed: p99; bars: all rounds</text>%n",
                width / 2, height - 8, measured.curve().axis());
        return svg.append("</svg>\n").toString();
    }

    private void panel(Panel panel, int left, int top) {
        List<Figure> figures = panel.figures();
        List<Point> points = measured.points().stream().filter(panel::isAt).toList();
        add("<g transform=\"translate(%d %d)\">%n", left, top);
        add("<text class=\"title\" x=\"%d\" y=\"18\">%s</text>%n", LEFT - 30, panel.title());
        if (!points.isEmpty()) {
            Axis across = Axis.ofPoints(points.stream().map(Point::x).toList());
            Axis up = Axis.of(points.stream()
                    .flatMap(point ->
                            figures.stream().flatMap(figure -> Stream.of(point.least(figure), point.most(figure))))
                    .toList());
            grid(across, up);
            for (int i = figures.size() - 1; i >= 0; i--) {
                line(figures.get(i), points, across, up, i == 0);
            }
        }
        svg.append("</g>\n");
    }

    private void grid(Axis across, Axis up) {
        for (double tick : up.ticks()) {
            double y = y(up, tick);
            add("<path class=\"grid\" d=\"M%d %.1fH%d\"/>%n", LEFT, y, WIDTH - RIGHT);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 6, y + 4, Words.brief(tick));
        }
        for (double tick : across.ticks()) {
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x(across, tick), HEIGHT - BOTTOM + 16, Words.brief(tick));
        }
    }

    private void line(Figure figure, List<Point> points, Axis across, Axis up, boolean first) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(
                    text("%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(across, point.x()), y(up, point.median(figure))));
        }
        String kind = first ? "first" : "second";
        add("<path class=\"%s\" d=\"%s\"/>%n", kind, path);
        for (Point point : points) {
            double x = x(across, point.x());
            double y = y(up, point.median(figure));
            add(
                    "<path class=\"%s spread\" d=\"M%.1f %.1fV%.1f\"/>%n",
                    kind, x, y(up, point.least(figure)), y(up, point.most(figure)));
            if (first) {
                add("<circle class=\"dot1\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>%n", x, y);
            } else {
                add("<rect class=\"dot2\" x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"6\"/>%n", x - 3, y - 3);
            }
        }
    }

    private static double x(Axis across, double value) {
        return LEFT + 8 + across.at(value) * (WIDTH - LEFT - RIGHT - 16);
    }

    private static double y(Axis up, double value) {
        return HEIGHT - BOTTOM - up.at(value) * (HEIGHT - TOP - BOTTOM);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void add(String format, Object... values) {
        svg.append(text(format.replace("%n", "\n"), values));
    }

    @SuppressWarnings("AnnotateFormatMethod") // Its annotations are in a library that nothing else here needs.
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
