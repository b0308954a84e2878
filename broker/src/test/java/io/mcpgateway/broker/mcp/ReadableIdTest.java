package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableIdTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id':7,'method':'m'}|7",
                "{'method':'m','params':{'id':1},'id':'a\\u0062'}|'a\\u0062'",
                "{'id':12345678901234567890}|12345678901234567890",
                "{'id':-1.5e3,'x':[1,{'id':2}]}|-1.5e3",
                "{'id':7,'method':|7",
                "{'id':7,'method':'m'}}}|7",
                "\uFEFF{'id':7,'method':'m'}|7",
            })
    void anIdIsReadAsFarAsTheBytesAllow(String message, String id) {
        assertThat(read(message)).isEqualTo(new JsonRpcId(id.replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "7",
                "[{'id':7}]",
                "{'id':null}",
                "{'id':{}}",
                "{'id':true}",
                "{'id':7,'id':8}",
                "{'id':7,'result':{}}",
                "{'error':{},'id':7}",
                "{'params':{'id':7}}",
                "{'ID':7}",
                "{'id':7"
            })
    void otherwiseThereIsNone(String message) {
        assertThat(read(message)).isEqualTo(JsonRpcId.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xe4, 0xff, 0xc0})
    void bytesThatAreNoUtf8LaterDoNotHideIt(int octet) {
        byte[] message = "{\"id\":7,\"method\":\"m\",\"params\":{\"x\":\"?\"}}".getBytes(StandardCharsets.UTF_8);
        message[message.length - 4] = (byte) octet;

        assertThat(ReadableId.of(RawJson.of(message))).isEqualTo(new JsonRpcId("7"));
        assertThat(JsonRpcParser.parse(message))
                .isInstanceOfSatisfying(
                        JsonRpcMessage.Malformed.class,
                        malformed -> assertThat(malformed.id()).isEqualTo(new JsonRpcId("7")));
    }

    private static JsonRpcId read(String message) {
        return ReadableId.of(RawJson.of(message.replace('\'', '"')));
    }
}
