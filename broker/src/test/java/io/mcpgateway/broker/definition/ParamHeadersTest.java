package io.mcpgateway.broker.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.era.ParamHeader;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP 2026-07-28, Streamable HTTP, "Schema Extension". */
class ParamHeadersTest {
    private static final String REGION = "{\"type\":\"string\",\"x-mcp-header\":\"Region\"}";

    @Test
    void annotatedArgumentsAreFoundAtAnyDepth() {
        ParamHeaders headers = of("{\"type\":\"object\",\"properties\":{\"region\":" + REGION
                + ",\"limits\":{\"type\":\"object\",\"properties\":{\"rows\":{\"type\":\"integer\",\"x-mcp-header\":\"X-Rows\"},"
                + "\"dry\":{\"type\":\"boolean\",\"x-mcp-header\":\"dry\"},\"plain\":{\"type\":\"number\"}}}}}");

        assertThat(headers.flaws()).isEmpty();
        assertThat(headers.headers())
                .containsExactly(
                        new ParamHeader("mcp-param-region", List.of("region"), ParamHeader.Type.STRING),
                        new ParamHeader("mcp-param-x-rows", List.of("limits", "rows"), ParamHeader.Type.INTEGER),
                        new ParamHeader("mcp-param-dry", List.of("limits", "dry"), ParamHeader.Type.BOOLEAN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"object\"}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}",
                // A property of this name, and data that only looks like an annotation.
                "{\"type\":\"object\",\"properties\":{\"x-mcp-header\":{\"type\":\"string\"}}}",
                "{\"type\":\"object\",\"default\":{\"x-mcp-header\":\"A\"},\"examples\":[{\"x-mcp-header\":\"A\"}]}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[{\"x-mcp-header\":\"A\"}],"
                        + "\"const\":{\"x-mcp-header\":\"\"}}}}",
            })
    void schemasWithoutAnnotationsHaveNone(String schema) {
        assertThat(of(schema)).isEqualTo(ParamHeaders.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // name
                "{'properties':{'a':{'type':'string','x-mcp-header':''}}}|inputSchema.properties.a.x-mcp-header must be a name that HTTP headers can have",
                "{'properties':{'a':{'type':'string','x-mcp-header':'My Region'}}}|inputSchema.properties.a.x-mcp-header must be a name that HTTP headers can have",
                "{'properties':{'a':{'type':'string','x-mcp-header':'A:B'}}}|inputSchema.properties.a.x-mcp-header must be a name that HTTP headers can have",
                "{'properties':{'a':{'type':'string','x-mcp-header':'A\\r\\nB'}}}|inputSchema.properties.a.x-mcp-header must be a name that HTTP headers can have",
                "{'properties':{'a':{'type':'string','x-mcp-header':'Région'}}}|inputSchema.properties.a.x-mcp-header must be a name that HTTP headers can have",
                "{'properties':{'a':{'type':'string','x-mcp-header':1}}}|inputSchema.properties.a.x-mcp-header must be a name that HTTP headers can have",
                "{'properties':{'a':{'type':'string','x-mcp-header':null}}}|inputSchema.properties.a.x-mcp-header must be a name that HTTP headers can have",
                // type
                "{'properties':{'a':{'type':'number','x-mcp-header':'A'}}}|inputSchema.properties.a.x-mcp-header must be on a property of type string, integer or boolean",
                "{'properties':{'a':{'type':'object','x-mcp-header':'A'}}}|inputSchema.properties.a.x-mcp-header must be on a property of type string, integer or boolean",
                "{'properties':{'a':{'type':['string','null'],'x-mcp-header':'A'}}}|inputSchema.properties.a.x-mcp-header must be on a property of type string, integer or boolean",
                "{'properties':{'a':{'x-mcp-header':'A'}}}|inputSchema.properties.a.x-mcp-header must be on a property of type string, integer or boolean",
                // twice
                "{'properties':{'a':{'type':'string','x-mcp-header':'A'},'b':{'type':'string','x-mcp-header':'a'}}}|inputSchema.properties.b.x-mcp-header must not be used twice in one schema",
                // place
                "{'x-mcp-header':'A'}|inputSchema.x-mcp-header must be on a property that only properties lead to",
                "{'properties':{'a':{'type':'array','items':{'type':'string','x-mcp-header':'A'}}}}|inputSchema.properties.a.items.x-mcp-header must be on a property that only properties lead to",
                "{'properties':{'a':{'oneOf':[{'type':'string','x-mcp-header':'A'}]}}}|inputSchema.properties.a.oneOf.x-mcp-header must be on a property that only properties lead to",
                "{'anyOf':[{'properties':{'a':{'type':'string','x-mcp-header':'A'}}}]}|inputSchema.anyOf.properties.a.x-mcp-header must be on a property that only properties lead to",
                "{'if':{'properties':{'a':{'type':'string','x-mcp-header':'A'}}}}|inputSchema.if.properties.a.x-mcp-header must be on a property that only properties lead to",
                "{'$defs':{'d':{'type':'string','x-mcp-header':'A'}},'properties':{'a':{'$ref':'#/$defs/d'}}}|inputSchema.$defs.d.x-mcp-header must be on a property that only properties lead to",
                "{'additionalProperties':{'type':'string','x-mcp-header':'A'}}|inputSchema.additionalProperties.x-mcp-header must be on a property that only properties lead to",
                "{'patternProperties':{'^a':{'type':'string','x-mcp-header':'A'}}}|inputSchema.patternProperties.^a.x-mcp-header must be on a property that only properties lead to",
            })
    void whatIsNotAllowedIsNamed(String schema, String flaw) {
        ParamHeaders headers = of(schema.replace('\'', '"'));

        assertThat(headers.flaws()).extracting(Finding::toString).containsExactly(flaw);
        assertThat(headers.headers()).isEmpty();
    }

    @Test
    void aModernServersToolWithAFlawIsLeftOutAndTheOthersStayByteForByte() {
        String good =
                "{\"name\":\"good\", \"inputSchema\":{\"type\":\"object\",\"properties\":{\"region\":" + REGION + "}}}";
        String bad = good.replace("good", "bad").replace("\"Region\"", "\"\"");
        RawJson page = RawJson.of("{\"tools\":[" + bad + "," + good + "]}");

        ListPage.Items modern = (ListPage.Items) ListParser.parseModern(CapabilityKind.TOOL, page);
        assertThat(modern.items()).singleElement().satisfies(tool -> {
            assertThat(tool.json().toString()).isEqualTo(good);
            assertThat(tool.paramHeaders().headers()).hasSize(1);
        });
        assertThat(modern.invalid()).singleElement().satisfies(tool -> {
            assertThat(tool.name()).isEqualTo("bad");
            assertThat(tool.reason())
                    .isEqualTo("inputSchema.properties.region.x-mcp-header must be a name that HTTP headers can have");
        });

        ListPage.Items legacy = (ListPage.Items) ListParser.parse(CapabilityKind.TOOL, page);
        assertThat(legacy.invalid()).isEmpty();
        assertThat(legacy.items()).hasSize(2);
        assertThat(legacy.items().getFirst().paramHeaders().flaws()).hasSize(1);
    }

    private static ParamHeaders of(String schema) {
        return ParamHeaders.of(RawJson.of("{\"name\":\"t\",\"inputSchema\":" + schema + "}"));
    }
}
