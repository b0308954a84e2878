package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.broker.catalog.PageCursor;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.Definition;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lists of servers, and cursors of clients: each item that is served is JSON by itself and has the name that it is served by. */
public final class ServerListFuzz {
    static final List<String> SEEDS = List.of(
            "{\"tools\":[{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\"},\"annotations\":{\"readOnlyHint\":true}},"
                    + "{\"name\":\"b\",\"inputSchema\":{\"type\":\"object\",\"x\":1.0}}],\"nextCursor\":\"n\"}",
            "{\"prompts\":[{\"name\":\"p\",\"arguments\":[{\"name\":\"q\"}]},7],\"_meta\":{}}",
            "{\"resources\":[{\"uri\":\"a:b\",\"name\":\"n\\u0061me\",\"size\":12}]}",
            "{\"resourceTemplates\":[{\"uriTemplate\":\"a:{b}/{+c}{?d,e}\",\"name\":\"t\"}]}",
            "{\"tools\":[{\"name\":\"a\",\"name\":\"b\",\"inputSchema\":{\"type\":\"object\"}}],\"tools\":[]}",
            "{\"tools\":[{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"r\":{\"type\":\"string\","
                    + "\"x-mcp-header\":\"Region\"}}}}],\"ttlMs\":1000,\"cacheScope\":\"private\",\"nextCursor\":\"\"}",
            "dG9vbHMvbGlzdApuYW1l");

    private static final ObjectMapper TREE = new ObjectMapper();

    private ServerListFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (CapabilityKind kind : CapabilityKind.values()) {
            RawJson page = RawJson.of(input);
            if (ListParser.parse(kind, page) instanceof ListPage.Items items) {
                items.items().forEach(item -> check(kind, item));
            }
            if (ListParser.parseModern(kind, page) instanceof ListPage.Items items) {
                items.items().forEach(item -> check(kind, item));
                assertThat(items.items())
                        .allMatch(item -> item.paramHeaders().flaws().isEmpty());
                assertThat(items.items().stream().flatMap(item -> item.paramHeaders().headers().stream()))
                        .allMatch(header -> header.header().matches("mcp-param-[!-~]+"));
            }
            PageCursor.read(kind, new String(input, StandardCharsets.ISO_8859_1))
                    .ifPresent(name -> assertThat(name).isNotEmpty());
        }
    }

    private static void check(CapabilityKind kind, Definition item) {
        try {
            assertThat(TREE.readTree(item.json().bytes()).path(kind.keyMember()).textValue())
                    .isEqualTo(item.key().value());
            RawJson renamed = item.key().replacedBy("p_\"x\"").applyTo(item.json());
            assertThat(TREE.readTree(renamed.bytes()).path(kind.keyMember()).textValue())
                    .isEqualTo("p_\"x\"");
        } catch (IOException accepted) {
            throw new java.io.UncheckedIOException("serves what another parser refuses", accepted);
        }
    }
}
