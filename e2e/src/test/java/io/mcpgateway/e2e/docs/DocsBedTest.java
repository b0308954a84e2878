package io.mcpgateway.e2e.docs;

import io.mcpgateway.e2e.cluster.InstalledBed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Runs the pages' commands for a cluster on the bed, where the product is installed; {@code -Ddocs.page=TEXT} chooses. */
@Tag("bed")
@Order(40)
class DocsBedTest {
    @TestFactory
    Stream<DynamicTest> commandsForACluster() {
        String chosen = System.getProperty("docs.page", "");
        List<DocPage> pages = DocPage.all().stream()
                .filter(page -> page.name().contains(chosen))
                .toList();
        return DocRun.of(pages, true, InstalledBed.variables());
    }
}
