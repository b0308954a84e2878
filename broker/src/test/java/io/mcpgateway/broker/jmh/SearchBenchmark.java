package io.mcpgateway.broker.jmh;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.search.PublicTools;
import io.mcpgateway.broker.search.ToolIndex;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/** {@code find_tools} among the 1,000 tools and the questions of its tests. */
public class SearchBenchmark extends CoreBenchmark {
    private static final int LIMIT = 5;

    private final List<Served> tools = PublicTools.all();
    private final List<String> questions = PublicTools.resource("questions.txt").stream()
            .map(line -> line.split(" \\| ", -1)[0])
            .toList();
    private final ToolIndex index = ToolIndex.of(tools);
    private int next;

    @Benchmark
    public ToolIndex index() {
        return ToolIndex.of(tools);
    }

    @Benchmark
    public List<Served> search() {
        next = (next + 1) % questions.size();
        return index.search(questions.get(next), LIMIT, _ -> true);
    }
}
