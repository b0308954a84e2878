package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.era.ParamHeader;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParamRuleTest {
    private static final List<ParamHeader> WANTED = List.of(
            new ParamHeader("mcp-param-region", List.of("region"), ParamHeader.Type.STRING),
            new ParamHeader("mcp-param-limit", List.of("page", "limit"), ParamHeader.Type.INTEGER),
            new ParamHeader("mcp-param-deep", List.of("page", "by", "a.b"), ParamHeader.Type.STRING),
            new ParamHeader("mcp-param-dry", List.of("dry"), ParamHeader.Type.BOOLEAN));

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            nullValues = "-",
            value = {
                // arguments; header; value
                "{'region':'us-west1'};mcp-param-region;us-west1",
                "{'region':'us-west1'};mcp-param-region; us-west1\t",
                "{'region':'us\\u002dwest1'};mcp-param-region;us-west1",
                "{'region':''};mcp-param-region;",
                "{'region':'42'};mcp-param-region;42",
                "{'region':' padded '};mcp-param-region;=?base64?IHBhZGRlZCA=?=",
                "{'region':'Hello, 世界'};mcp-param-region;=?base64?SGVsbG8sIOS4lueVjA==?=",
                "{'region':'=?base64?x'};mcp-param-region;=?base64?x",
                "{'page':{'limit':42}};mcp-param-limit;42",
                "{'page':{'limit':42}};mcp-param-limit;42.0",
                "{'page':{'limit':42.0}};mcp-param-limit;42",
                "{'page':{'limit':-7e0}};mcp-param-limit;-7",
                "{'page':{'by':{'a.b':'c'}}};mcp-param-deep;c",
                "{'dry':true};mcp-param-dry;true",
                "{'dry':false};mcp-param-dry;false",
                "{'region':null};-;-",
                "{'page':{'by':{'a':{'b':'c'}}}};-;-",
                "{'page':[{'limit':42}]};-;-",
                "{'page':'limit'};-;-",
                "{};-;-",
                "-;-;-",
                "{'other':'x'};mcp-param-other;y",
                "{};mcp-param-unknown;=?base64?%%?=",
            })
    void headersThatSayWhatTheArgumentsSayPass(String arguments, String header, String value) {
        assertThat(refusal(arguments, header, value)).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            nullValues = "-",
            value = {
                // arguments; header; value; words
                "{'region':'us-west1'};-;-;mcp-param-region is missing",
                "{'page':{'limit':1}};-;-;mcp-param-limit is missing",
                "{'dry':false};-;-;mcp-param-dry is missing",
                "{'region':{'x':1}};-;-;mcp-param-region is missing",
                "{'region':'us-west1'};mcp-param-region;us-west2;says something else than arguments.region",
                "{'region':'us-west1'};mcp-param-region;US-WEST1;says something else",
                "{'region':'42'};mcp-param-region;42.0;says something else",
                "{'region':'true'};mcp-param-region;True;says something else",
                "{'region':['a']};mcp-param-region;a;says something else",
                "{'region':{}};mcp-param-region;{};says something else",
                "{'page':{'limit':42}};mcp-param-limit;43;says something else than arguments.page.limit",
                "{'page':{'limit':42}};mcp-param-limit;x;says something else",
                "{'page':{'limit':42}};mcp-param-limit;;says something else",
                "{'page':{'limit':1}};mcp-param-limit;1e999999999999;says something else",
                "{'dry':true};mcp-param-dry;1;says something else",
                "{'dry':true};mcp-param-dry;TRUE;says something else",
                "{};mcp-param-region;us-west1;is given, but arguments.region is not",
                "-;mcp-param-region;us-west1;is given, but arguments.region is not",
                "{'region':null};mcp-param-region;null;is given, but arguments.region is not",
                "{'region':'Hello'};mcp-param-region;=?base64?SGVsbG8?=;is not visible ASCII or Base64",
                "{'region':'Hello'};mcp-param-region;=?base64?SGVs!!!bG8=?=;is not visible ASCII or Base64",
                "{'region':'ü'};mcp-param-region;ü;is not visible ASCII or Base64",
            })
    void whatDiffersIsRefused(String arguments, String header, String value, String words) {
        assertThat(refusal(arguments, header, value)).hasValueSatisfying(refusal -> {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.body().toString()).contains("\"id\":7,\"error\":{\"code\":-32020,", words);
        });
    }

    @Test
    void aHeaderThatIsGivenTwiceIsRefused() {
        RequestHeaders twice = RequestHeaders.of(Map.of("mcp-param-region", List.of("a", "a")));

        assertThat(ParamRule.refusal(twice, new JsonRpcId("7"), WANTED, body("{'region':'a'}")))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.body().toString()).contains("is given more than once"));
    }

    @Test
    void aToolWithoutSuchArgumentsTakesAnyHeader() {
        RequestHeaders headers = RequestHeaders.of(Map.of("mcp-param-region", List.of("a", "b")));

        assertThat(ParamRule.refusal(headers, new JsonRpcId("7"), List.of(), body("{}")))
                .isEmpty();
    }

    private static Optional<Refusal> refusal(String arguments, String header, String value) {
        RequestHeaders headers = header == null
                ? RequestHeaders.EMPTY
                : RequestHeaders.of(Map.of(header, List.of(value == null ? "" : value)));
        return ParamRule.refusal(headers, new JsonRpcId("7"), WANTED, body(arguments));
    }

    private static RawJson body(String arguments) {
        String member = arguments == null ? "" : ",\"arguments\":" + arguments.replace('\'', '"');
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"x\"" + member
                + ",\"_meta\":{\"arguments\":{\"region\":\"elsewhere\"}}}}");
    }
}
