package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Malformed;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Notification;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Reply;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcParserTest {
    private static JsonRpcMessage parse(String body) {
        return JsonRpcParser.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Request request(String body) {
        assertThat(parse(body)).isInstanceOf(Request.class);
        return (Request) parse(body);
    }

    private static Malformed malformed(byte[] body) {
        JsonRpcMessage message = JsonRpcParser.parse(body);
        assertThat(message).isInstanceOf(Malformed.class);
        return (Malformed) message;
    }

    private static Malformed malformed(String body) {
        return malformed(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "0",
                "-1",
                "-0",
                "1.0",
                "1e3",
                "1E+3",
                "-2.5e-7",
                "12345678901234567890",
                "123456789012345678901234567890123456789012345678901234567890",
                "\"abc-1\"",
                "\"\"",
                "\"null\"",
                "\"a\\\"b\\\\\"",
                "\"\\u0041\\n\"",
                "\"äöü 😀\"",
                "\"\\ud83d\\ude00\"",
                "\"<a&b>\""
            })
    void anIdKeepsItsBytesWhereverItStands(String id) {
        assertThat(request("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}")
                        .id())
                .isEqualTo(new JsonRpcId(id));
        assertThat(request("{\"ä\":\"é\",\"jsonrpc\":\"2.0\",\"method\":\"ping\" , \"id\" :\t" + id + "\n}")
                        .id())
                .isEqualTo(new JsonRpcId(id));
        assertThat(malformed("{\"method\":\"ping\",\"method\":\"ping\",\"id\":" + id + "}")
                        .id())
                .isEqualTo(new JsonRpcId(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "tools/list", "tools/call"})
    void paramsThatAreNullAreNone(String method) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":null}";

        assertThat(request(body).params()).isEqualTo(JsonRpcMessage.Params.NONE);
        assertThat(parse(body.replace("\"id\":1,", "")))
                .isEqualTo(new Notification(method, JsonRpcMessage.Params.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}|2026-07-28",
                "{'_meta':{'a':{'b':[]},'io.modelcontextprotocol\\u002fprotocolVersion':'x','c':1},'name':'n'}|x",
                "{'_meta':{'io.modelcontextprotocol/protocolVersion':7}}|``",
                "{'_meta':'2026-07-28'}|``",
                "{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}|``",
                "{'arguments':{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}}|``",
            })
    void theRevisionOfAMessageIsThatOfItsOwnMeta(String params, String revision) {
        String body = "{'jsonrpc':'2.0','id':1,'method':'m','params':" + params + "}";

        assertThat(request(body.replace('\'', '"'))
                        .params()
                        .meta()
                        .protocolVersion()
                        .orElse(""))
                .isEqualTo(revision);
    }

    @Test
    void aMessageWithoutIdIsANotification() {
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .isEqualTo(new Notification("notifications/initialized", JsonRpcMessage.Params.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'jsonrpc':'2.0','id':1,'result':{}}|1|false",
                "{'jsonrpc':'2.0','id':'x','result':null}|\"x\"|false",
                "{'jsonrpc':'2.0','id':'x','error':{'code':-1,'message':'no'}}|\"x\"|true",
                "{'jsonrpc':'2.0','id':null,'error':{'code':-1,'message':'no'}}|``|true",
                "{'jsonrpc':'2.0','error':{'code':-1,'message':'no'}}|``|true",
            })
    void resultOrErrorMakesAReply(String body, String id, boolean error) {
        assertThat(parse(body.replace('\'', '"'))).isEqualTo(new Reply(new JsonRpcId(id), error));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|-32600|batch|``",
                "[{'jsonrpc':'2.0','id':1,'method':'ping'}]|-32600|batch|``",
                "'text'|-32600|not a JSON object|``",
                "7|-32600|not a JSON object|``",
                "null|-32600|not a JSON object|``",
                "'text|-32700|ends in the middle|``",
                "nul|-32700|not valid JSON|``",
                "hello|-32700|not valid JSON|``",
                "{|-32700|ends in the middle|``",
                "{'jsonrpc':'2.0','id':5,'method':'ping'|-32700|ends in the middle|5",
                "{'jsonrpc':'2.0','id':5,'method':ping}|-32700|not valid JSON (byte|5",
                "{'jsonrpc':'2.0','id':01,'method':'ping'}|-32700|not valid JSON|``",
                "{'jsonrpc':'2.0','id':1.,'method':'ping'}|-32700|not valid JSON|``",
                "{'jsonrpc':'2.0','id':NaN,'method':'ping'}|-32700|not valid JSON|``",
                "{'jsonrpc':'2.0','id':1,'method':'ping',}|-32700|not valid JSON|1",
                "{'jsonrpc':'2.0','id':1,'method':'pi\tng'}|-32700|not valid JSON|1",
                "{'jsonrpc':'2.0','id':1,'method':'pi\\xng'}|-32700|not valid JSON|1",
                "{'jsonrpc':'2.0','id':1,'method':'ping'/*c*/}|-32700|not valid JSON|1",
                "{jsonrpc:'2.0','id':1,'method':'ping'}|-32700|not valid JSON|``",
                "{'jsonrpc':'2.0','id':5,'method':'ping'}{}|-32700|data after|5",
                "{'jsonrpc':'2.0','id':5,'method':'ping'}}|-32700|data after|5",
                "{'jsonrpc':'2.0','id':5,'method':'ping'}x|-32700|data after|5",
                "{'jsonrpc':'2.0','id':5,'method':'ping'},|-32700|data after|5",
                "7 8|-32700|data after|``",
                "{'jsonrpc':'2.0','jsonrpc':'2.0','id':5,'method':'ping'}|-32600|'jsonrpc' occurs twice|5",
                "{'jsonrpc':'2.0','id':5,'id':5,'method':'ping'}|-32600|'id' occurs twice|``",
                "{'jsonrpc':'2.0','id':5,'method':'ping','\\u006dethod':'x'}|-32600|'method' occurs twice|5",
                "{'jsonrpc':'2.0','params':{'name':'a','name':'b'},'id':5,'method':'m'}|-32600|'name' occurs twice|5",
                "{'jsonrpc':'2.0','params':{'a':[{'k':[],'z':1,'q':2,'k':2}]},'id':5,'method':'m'}|-32600|'k' occurs|5",
                "{'jsonrpc':'2.0','x':{'y':{'k':1,'k':2}},'id':5,'method':'m'}|-32600|'k' occurs twice|5",
                "{'jsonrpc':'2.0','id':5,'method':'m','a\\nb':1,'a\\nb':2}|-32600|'a\\u000ab' occurs twice|5",
                "{'id':5,'method':'ping'}|-32600|'jsonrpc' is missing|5",
                "{'jsonrpc':'1.0','id':5,'method':'ping'}|-32600|must be the string|5",
                "{'jsonrpc':2.0,'id':5,'method':'ping'}|-32600|must be the string|5",
                "{'jsonrpc':null,'id':5,'method':'ping'}|-32600|must be the string|5",
                "{'jsonrpc':'2.0','id':5}|-32600|'method' is missing|5",
                "{}|-32600|'jsonrpc' is missing|``",
                "{'jsonrpc':'2.0','id':5,'Method':'ping'}|-32600|'Method' differs from 'method' only in case|5",
                "{'jsonrpc':'2.0','id':5,'method':'ping','METHOD':'x'}|-32600|'METHOD' differs|5",
                "{'jsonrpc':'2.0','id':5,'method':'ping','paramſ':{}}|-32600|'paramſ' differs from 'params'|5",
                "{'jsonrpc':'2.0','ID':5,'method':'ping'}|-32600|'ID' differs|``",
                "{'jsonrpc':'2.0','id':5,'method':'tools/call','params':{'name':'a','Name':'b'}}|-32600|'Name'"
                        + " differs|5",
                "{'jsonrpc':'2.0','id':5,'method':7}|-32600|'method' must be|5",
                "{'jsonrpc':'2.0','id':5,'method':null}|-32600|'method' must be|5",
                "{'jsonrpc':'2.0','id':5,'method':''}|-32600|'method' must be|5",
                "{'jsonrpc':'2.0','id':5,'method':['ping']}|-32600|'method' must be|5",
                "{'jsonrpc':'2.0','id':null,'method':'ping'}|-32600|'id' must not be null|``",
                "{'jsonrpc':'2.0','id':{},'method':'ping'}|-32600|'id' must be a string or a number|``",
                "{'jsonrpc':'2.0','id':[1],'method':'ping'}|-32600|'id' must be a string or a number|``",
                "{'jsonrpc':'2.0','id':true,'method':'ping'}|-32600|'id' must be a string or a number|``",
                "{'jsonrpc':'2.0','id':5,'method':'ping','params':[1]}|-32600|'params' must be an object|5",
                "{'jsonrpc':'2.0','id':5,'method':'ping','params':'x'}|-32600|'params' must be an object|5",
                "{'jsonrpc':'2.0','id':5,'method':'ping','result':{}}|-32600|both 'method' and|5",
                "{'jsonrpc':'2.0','id':5,'method':'ping','error':{}}|-32600|both 'method' and|5",
                "{'jsonrpc':'2.0','id':5,'result':{},'error':{}}|-32600|not both|5",
                "{'jsonrpc':'2.0','result':{}}|-32600|'id' of a reply|``",
                "{'jsonrpc':'2.0','id':null,'result':{}}|-32600|'id' of a reply|``",
                "{'jsonrpc':'2.0','id':false,'error':{}}|-32600|'id' of a reply|``",
                "{'jsonrpc':'2.0','id':5,'error':'no'}|-32600|'error' must be an object|5",
            })
    void whatIsNotAcceptedNamesItsCauseAndKeepsTheId(String body, int code, String cause, String id) {
        Malformed malformed = malformed(body.replace('\'', '"'));

        assertThat(malformed.error().code()).isEqualTo(code);
        assertThat(malformed.error().message()).contains(cause);
        assertThat(malformed.id()).isEqualTo(new JsonRpcId(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t "})
    void anEmptyBodyIsRefused(String body) {
        assertThat(malformed(body).error())
                .isEqualTo(new JsonRpcError(JsonRpcCodes.PARSE_ERROR, "the body is empty; send one JSON-RPC message"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void otherEncodingsAreRefused(String charset) {
        Malformed malformed =
                malformed("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}".getBytes(Charset.forName(charset)));

        assertThat(malformed.error().code()).isEqualTo(JsonRpcCodes.PARSE_ERROR);
        assertThat(malformed.error().message()).contains("not UTF-8");
    }

    @Test
    void aByteOrderMarkIsRefused() {
        assertThat(malformed("\ufeff{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                        .error()
                        .message())
                .contains("byte order mark");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c1bf",
                "c3",
                "c328",
                "e08080",
                "e09fbf",
                "e282",
                "eda080",
                "edbfbf",
                "f0808080",
                "f08fbfbf",
                "f09f98",
                "f4908080",
                "f5808080",
                "ff",
                "fe",
                "e228a1",
                "f0288c28"
            })
    void brokenUtf8IsRefusedWithItsPlace(String hex) {
        byte[] head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\""
                .getBytes(StandardCharsets.UTF_8);
        byte[] broken = HexFormat.of().parseHex(hex);
        byte[] tail = "\"}}".getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + broken.length + tail.length);
        System.arraycopy(broken, 0, body, head.length, broken.length);
        System.arraycopy(tail, 0, body, head.length + broken.length, tail.length);

        assertThat(malformed(body).error())
                .isEqualTo(
                        new JsonRpcError(JsonRpcCodes.PARSE_ERROR, "the body is not UTF-8 (byte " + head.length + ")"));
    }

    @Test
    void nestingIsLimited() {
        String fine = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":" + "[".repeat(254)
                + "]".repeat(254) + "}}";
        String tooDeep = fine.replace("[]", "[[]]");
        String bomb = "{\"id\":1,\"params\":" + "[".repeat(1_000_000);

        assertThat(request(fine).method()).isEqualTo("m");
        assertThat(malformed(tooDeep).error())
                .isEqualTo(new JsonRpcError(
                        JsonRpcCodes.INVALID_REQUEST, "the message is nested too deep (more than 256 levels)"));
        assertThat(malformed(bomb).error().message()).contains("nested too deep");
        assertThat(malformed(bomb).id()).isEqualTo(new JsonRpcId("1"));
    }

    @Test
    void namesAndNumbersAreLimitedInLength() {
        String name = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"" + "n".repeat(1025) + "\":1}";
        String number = "{\"jsonrpc\":\"2.0\",\"id\":" + "1".repeat(1001) + ",\"method\":\"m\"}";

        assertThat(malformed(name).error().code()).isEqualTo(JsonRpcCodes.INVALID_REQUEST);
        assertThat(malformed(name).error().message()).contains("name longer than 1024");
        assertThat(malformed(number).error().message()).contains("number longer than 1000");
    }

    @Test
    void stringsOfFiveMebibytesAreRead() {
        String big = "x".repeat(5 * 1024 * 1024);

        assertThat(request("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"arguments\":\"" + big + "\"}}")
                        .method())
                .isEqualTo("m");
        assertThat(request("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"name\":\"" + big + "\"}}")
                        .params()
                        .name()
                        .orElseThrow()
                        .value())
                .hasSize(big.length());
    }

    @Test
    void anEndlessDuplicateNameIsCutInTheError() {
        String name = "😀".repeat(200);
        String body = "{\"" + name + "\":1,\"" + name + "\":2}";

        assertThat(malformed(body).error().message())
                .isEqualTo("the name '" + "😀".repeat(32) + "…' occurs twice in one object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'p1_alpha'}}|p1_alpha|'p1_alpha'",
                "{'ü😀':'é','params':{'x':'日本','name' :  'a'},'jsonrpc':'2.0','id':1,'method':'m'}|a|'a'",
                "{'params' : {  'name'\t:\t'a\\u0062\\/c\\\\' ,"
                        + " 'y':[1,{'name':'no'}]},'jsonrpc':'2.0','id':1,'method':'m'}|ab/c\\|'a\\u0062\\/c\\\\'",
                "{'params':{'name':'日本 ü😀'},'jsonrpc':'2.0','id':1,'method':'m'}|日本 ü😀|'日本 ü😀'",
                "{'params':{'name':''},'jsonrpc':'2.0','id':1,'method':'m'}|``|''",
                "{'params':{'na\\u006de':'esc'},'jsonrpc':'2.0','id':1,'method':'m'}|esc|'esc'",
                "{'name':'top','x':{'name':'other'},'params':{'y':{'name':'deep'},'name':'it'},'jsonrpc':'2.0','id':1,'method':'m'}|it|'it'",
            })
    void theNameIsFoundWithItsByteRange(String quoted, String value, String token) {
        byte[] body = quoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        TextSpan name = ((Request) JsonRpcParser.parse(body)).params().name().orElseThrow();

        assertThat(name.value()).isEqualTo(value);
        assertThat(new String(body, name.start(), name.end() - name.start(), StandardCharsets.UTF_8))
                .isEqualTo(token.replace('\'', '"'));
    }

    @Test
    void theUriIsFoundToo() {
        Request request = request(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\",\"params\":{\"uri\":\"file:///ä\"}}");

        assertThat(request.params().uri().map(TextSpan::value)).contains("file:///ä");
        assertThat(request.params().name()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "true", "{\"name\":\"x\"}", "[\"x\"]"})
    void aNameOfAnotherTypeCountsAsAbsent(String name) {
        assertThat(request("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"name\":" + name + "}}")
                        .params())
                .isEqualTo(JsonRpcMessage.Params.NONE);
    }
}
