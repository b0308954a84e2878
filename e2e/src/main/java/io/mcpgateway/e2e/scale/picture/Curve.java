package io.mcpgateway.e2e.scale.picture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What grows, and which figures are shown. */
@SuppressWarnings("ImmutableEnumChecker") // The lists are immutable.
public enum Curve {
    TOOLS(
            "tools of one server",
            List.of(10, 100, 1_000, 5_000, 10_000),
            new Panel(Figure.LIST_P50, Figure.LIST_P99),
            new Panel(Figure.CALL_P50, Figure.CALL_P99),
            new Panel(Figure.CALL_CPU),
            new Panel(Figure.RESIDENT),
            new Panel(Figure.CHANGE),
            new Panel(Figure.START)),
    SERVERS(
            "servers with 10 tools each",
            List.of(1, 10, 50, 100, 250, 500),
            new Panel(Figure.LIST_P50, Figure.LIST_P99),
            new Panel(Figure.CALL_P50, Figure.CALL_P99),
            new Panel(Figure.CALL_CPU),
            new Panel(Figure.RESIDENT),
            new Panel(Figure.CHANGE),
            new Panel(Figure.START)),
    SESSIONS(
            "open sessions, a tenth of them with calls",
            List.of(1_000, 10_000, 100_000, 1_000_000),
            new Panel(Figure.CALL_P50, Figure.CALL_P99),
            new Panel(Figure.CALL_CPU),
            new Panel(Figure.OPEN_P50),
            new Panel(Figure.FIRST_P50, Figure.FIRST_P99),
            new Panel(Figure.HEAP),
            new Panel(Figure.RESIDENT)),
    REPLICAS(
            "replicas with a session store",
            List.of(1, 2, 4),
            new Panel(Figure.CALL_RATE),
            new Panel(Figure.CALL_P50, Figure.CALL_P99),
            new Panel(Figure.CALL_CPU),
            new Panel(Figure.FIRST_P50, Figure.FIRST_P99),
            new Panel(Figure.RESIDENT),
            new Panel(Figure.CHANGE)),
    /** Measured by a test on the bed, of the controller. */
    REGISTRATIONS(
            "registrations created at once",
            List.of(10, 100, 500, 1_000, 2_000),
            new Panel(Figure.READY),
            new Panel(Figure.REQUESTS),
            new Panel(Figure.RESIDENT));

    /**
     * One of the small charts: one figure, or two of the same unit.
     *
     * @param second may be missing
     */
    public record Panel(Figure first, Optional<Figure> second) {
        Panel(Figure only) {
            this(only, Optional.empty());
        }

        Panel(Figure first, Figure second) {
            this(first, Optional.of(second));
        }

        List<Figure> figures() {
            return Stream.concat(Stream.of(first), second.stream()).toList();
        }

        /** Whether all of it was measured at a point. */
        boolean isAt(Measured.Point point) {
            return figures().stream().allMatch(point::has);
        }

        /** Of two figures what their labels have in common: {@code tools/list, p50 and p99}. */
        String label() {
            return first.label()
                    + second.map(Figure::label)
                            .map(other -> " and " + other.substring(other.lastIndexOf(' ') + 1))
                            .orElse("");
        }

        /** The label with the unit. */
        String title() {
            return label() + (first.unit().isEmpty() ? "" : " (" + first.unit() + ")");
        }
    }

    private final String axis;
    private final List<Integer> points;
    private final List<Panel> panels;

    Curve(String axis, List<Integer> points, Panel... panels) {
        this.axis = axis;
        this.points = points;
        this.panels = List.of(panels);
    }

    /** What grows, in words. */
    public String axis() {
        return axis;
    }

    /** Where it is measured unless somebody asks for other points. */
    public List<Integer> points() {
        return points;
    }

    List<Panel> panels() {
        return panels;
    }

    /** As on the command line and in names of files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The curve of this name, if there is one. */
    public static Optional<Curve> of(String word) {
        return Arrays.stream(values())
                .filter(curve -> curve.word().equals(word))
                .findFirst();
    }
}
