package io.mcpgateway.broker.mcp.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionsTest {
    @Test
    void settingsStayByteForByte() throws IOException {
        String settings = "{ \"a\" : [1.0, 12345678901234567890, \"\u00fc\\u00fc\"] ,\"b\":{}}";

        assertThat(read("{\"com.example/x\": " + settings + "}").json())
                .hasToString("{\"com.example/x\":" + settings + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'io.modelcontextprotocol/ui':{},'com.example/x-1.y_z':{}} | {'com.example/x-1.y_z':{},'io.modelcontextprotocol/ui':{}}",
                "{'ui':{},'/ui':{},'com..example/x':{},'-a/x':{},'a-/x':{},'1a/x':{},'a/-x':{},'a/x y':{},'a/x/y':{}} | {}",
                "{'a/x':true,'a/y':null,'a/z':[],'a/w':'{}'} | {}",
                "{'a/':{}} | {'a/':{}}",
                "{} | {}",
            })
    void whatMcpDoesNotAllowIsLeftOut(String declared, String read) throws IOException {
        assertThat(read(declared.replace('\'', '"')).json()).hasToString(read.replace('\'', '"'));
    }

    @Test
    void ofTooMuchTheRestIsLeftOut() throws IOException {
        String large = "{\"x\":\"" + "x".repeat(Extensions.MAX_BYTES) + "\"}";

        assertThat(read("{\"a/large\":" + large + ",\"a/small\":{}}").json()).hasToString("{\"a/small\":{}}");
        assertThat(read("{\"" + "a".repeat(300) + "/x\":{}}").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a/x':{}} | {'b/y':{'v':1}} | {'a/x':{},'b/y':{'v':1}}",
                "{'a/x':{'v':1, 'w':[2]}} | {'a/x':{'w': [2],'v':1}} | {'a/x':{'v':1, 'w':[2]}}",
                "{'a/x':{'v':1,'w':2}} | {'a/x':{'v':1,'w':3}} | {'a/x':{'v':1}}",
                "{'a/x':{'v':1}} | {'a/x':{'v':1,'w':3}} | {'a/x':{'v':1}}",
                "{'a/x':{'v':1}} | {'a/x':{}} | {'a/x':{}}",
                "{'a/x':{'v':null}} | {'a/x':{'v':false}} | {'a/x':{}}",
                "{'a/x':{'v':1}} | {} | {'a/x':{'v':1}}",
            })
    void onlyWhatAllServersSayAlikeIsToldOfThemTogether(String one, String other, String both) throws IOException {
        Extensions merged = MergedExtensions.of(List.of(read(one.replace('\'', '"')), read(other.replace('\'', '"'))));

        assertThat(merged.json()).hasToString(both.replace('\'', '"'));
    }

    @Test
    void settingsThatAreTooDeepToCompareAreNotTold() throws IOException {
        String deep = "[".repeat(5000) + "]".repeat(5000);
        Extensions one = read("{\"a/x\":{\"v\":" + deep + "}}");
        Extensions other = read("{\"a/x\":{\"v\" :" + deep + "}}");

        assertThat(MergedExtensions.of(List.of(one, other)).json()).hasToString("{\"a/x\":{}}");
        assertThat(MergedExtensions.of(List.of(one, one))).isEqualTo(one);
    }

    @Test
    void largeSettingsCannotCrowdOutSmallOnes() throws IOException {
        String large = "{\"x\":\"" + "x".repeat(10_000) + "\"}";
        Stream<Extensions> greedy =
                IntStream.range(0, 20).mapToObj(server -> parsed("{\"a/" + server + "\":" + large + "}"));
        Extensions merged = MergedExtensions.of(
                Stream.concat(greedy, Stream.of(parsed("{\"z/small\":{}}"))).toList());

        assertThat(merged.find("z/small")).isPresent();
        assertThat(merged.json().length()).isLessThan(MergedExtensions.MAX_BYTES + 1000);
        assertThat(merged.settings()).hasSize(7);
    }

    private static Extensions parsed(String json) {
        try {
            return read(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Extensions read(String json) throws IOException {
        byte[] bytes = RawJson.of(json).bytes();
        assertThat(bytes).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        try (JsonParser parser = JsonSlices.openObject(bytes)) {
            Extensions read = Extensions.read(parser, bytes);
            JsonSlices.expectEnd(parser);
            return read;
        }
    }
}
