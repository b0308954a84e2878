package io.mcpgateway.broker.jmh;

import io.mcpgateway.broker.catalog.CapabilityLists;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.Offerings;
import io.mcpgateway.broker.catalog.PageRequest;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.WholeList;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A server's list of tools, from its bytes to those that clients get. */
public class ListBenchmark extends CoreBenchmark {
    private static final PageRequest ALL = new PageRequest(CapabilityKind.TOOL, Optional.empty(), Integer.MAX_VALUE);

    @Param({"10", "1000", "10000"})
    public int tools;

    private final CapabilityLists joined = CapabilityLists.empty();
    private RawJson sent = RawJson.of("{\"tools\":[]}");
    private Offerings offerings = new Offerings();
    private CapabilityView view = RouteTable.EMPTY.everything();

    @Setup
    public void makeList() {
        List<String> items = IntStream.range(0, tools)
                .mapToObj(number -> "{\"name\":\"tool" + number + "\",\"description\":\"Does what tool " + number
                        + " does, at some length, for whoever asks it to do so.\",\"inputSchema\":{\"type\":\"object\","
                        + "\"properties\":{\"text\":{\"type\":\"string\"},\"count\":{\"type\":\"integer\"}}}}")
                .toList();
        sent = RawJson.of("{\"tools\":[" + String.join(",", items) + "]}");
        offerings = new Offerings().server("ns/one", "one_").list(CapabilityKind.TOOL, items);
        view = offerings.table().everything();
    }

    /** What a server sent. */
    @Benchmark
    public ListPage parse() {
        return ListParser.parse(CapabilityKind.TOOL, sent);
    }

    /** The table that calls and lists are answered from, made anew after a change. */
    @Benchmark
    public RouteTable table() {
        return offerings.table();
    }

    /** The first answer after a change. */
    @Benchmark
    public RawJson render() {
        return WholeList.of(CapabilityKind.TOOL, view);
    }

    /** Every later answer. */
    @Benchmark
    public RawJson renderAgain() {
        return joined.result(ALL, view);
    }
}
