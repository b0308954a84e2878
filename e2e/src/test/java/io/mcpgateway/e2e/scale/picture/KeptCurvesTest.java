package io.mcpgateway.e2e.scale.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/**
 * The pictures and tables of docs/performance.md say what the raw data in docs/scale say. {@code -Dgenerate=update} makes
 * them anew.
 */
class KeptCurvesTest {
    private static final Path DOCS = ProjectFolder.locate().resolve("docs");
    private static final Path PAGE = DOCS.resolve("performance.md");
    private static final boolean UPDATE = "update".equals(System.getProperty("generate"));

    static List<Curve> kept() {
        return Arrays.stream(Curve.values())
                .filter(curve -> Files.exists(data(curve)))
                .toList();
    }

    private static Path data(Curve curve) {
        return DOCS.resolve("scale/" + curve.word() + ".json");
    }

    @ParameterizedTest
    @MethodSource("kept")
    void thePictureShowsTheRawData(Curve curve) throws IOException {
        Path file = DOCS.resolve("images/scale-" + curve.word() + ".svg");
        String svg = Picture.svg(Measured.read(data(curve)));
        if (UPDATE) {
            Files.writeString(file, svg);
        }

        assertThat(Files.readString(file)).isEqualTo(svg);
    }

    @ParameterizedTest
    @MethodSource("kept")
    void thePageShowsTheRawData(Curve curve) throws IOException {
        String page = Files.readString(PAGE);
        String right = Page.with(page, Measured.read(data(curve)));
        if (UPDATE) {
            Files.writeString(PAGE, right);
            page = right;
        }

        assertThat(page).isEqualTo(right);
    }

    @ParameterizedTest
    @MethodSource("kept")
    void theRawDataAreComplete(Curve curve) throws IOException {
        Measured measured = Measured.read(data(curve));

        assertThat(measured.curve()).isEqualTo(curve);
        assertThat(measured.points())
                .hasSizeGreaterThan(1)
                .allSatisfy(point -> assertThat(curve.panels()).allMatch(panel -> panel.isAt(point)));
        assertThat(measured.points()).extracting(Measured.Point::x).isSorted();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void thePictureCanBeReadWithoutSeeingIt(Curve curve) throws Exception {
        DocumentBuilderFactory readers = DocumentBuilderFactory.newInstance();
        readers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        String svg = Files.readString(DOCS.resolve("images/scale-" + curve.word() + ".svg"));
        Document picture = readers.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));

        assertThat(picture.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(picture.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo(curve.axis());
        assertThat(picture.getElementsByTagName("desc").item(0).getTextContent())
                .contains(" and at ");
        assertThat(svg).contains("prefers-color-scheme:dark");
    }

    @Test
    void nothingIsKeptThatNobodyShows() throws IOException {
        assertThat(kept()).isNotEmpty();
        try (var files = Files.list(DOCS.resolve("scale"))) {
            assertThat(files)
                    .allMatch(file -> Curve.of(file.getFileName().toString().replace(".json", ""))
                            .isPresent());
        }
    }
}
