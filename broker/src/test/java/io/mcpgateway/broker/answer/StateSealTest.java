package io.mcpgateway.broker.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.sse.StreamEdit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateSealTest {
    private static final RequestStates STATES = RequestStates.withKey(new byte[32]);
    private static final StateBinding BINDING = new StateBinding("binding");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final StateSeal SEAL = new StateSeal(STATES, BINDING, END);
    private static final CallMetadata CALL = new CallMetadata.Sessionless(
            new ServerKey("one"), new Era.Modern("2026-07-28"), Optional.empty(), Optional.of(BINDING));
    private static final RequestHeaders JSON = type("application/json; charset=utf-8");
    private static final RequestHeaders STREAM = type("text/event-stream");
    private static final Pattern SEALED = Pattern.compile("mcpgw-state\\.[A-Za-z0-9_-]+");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'jsonrpc':'2.0','id':1,'result':{'resultType':'input_required','requestState':'server state'}}",
                "{'result':{'requestState':'server\\u0020state','x':[1.0,{'requestState':'inner'}],'resultType'"
                        + ":'input_required'},'id':1}",
                "{ 'id' : 'a' , 'result' : { 'inputRequests' : {'q':{'method':'elicitation/create'}} ,"
                        + " 'requestState' : 'server state' , 'resultType' : 'input_required' } }",
            })
    void aStateIsSealedAndNothingElseChanges(String message) {
        String json = message.replace('\'', '"');

        for (RequestHeaders form : List.of(JSON, STREAM)) {
            String sent = form == JSON ? json : ": c\nid: 4\ndata: " + json + "\n\n";
            String got = through(form, sent);
            Matcher sealed = SEALED.matcher(got);
            assertThat(sealed.find()).as(got).isTrue();
            assertThat(STATES.open(BINDING, sealed.group(), END.minusSeconds(1)))
                    .contains("server state");
            assertThat(got)
                    .isEqualTo(
                            sent.replace("server\\u0020state", sealed.group()).replace("server state", sealed.group()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':1,'result':{'resultType':'complete','requestState':'s'}}",
                "{'id':1,'result':{'requestState':'s'}}",
                "{'id':1,'result':{'resultType':'input_required'}}",
                "{'id':1,'result':{'resultType':'input_required','requestState':7}}",
                "{'id':1,'result':{'resultType':'input_required','a':{'requestState':'s'}}}",
                "{'id':1,'error':{'code':-1,'message':'x','data':{'requestState':'s','resultType':'input_required'}}}",
                "{'method':'notifications/progress','params':{'result':{'resultType':'input_required','requestState':'s'}}}",
                "{'id':1,'result':{'resultType':'input_required','requestState':'s'}",
                "not json",
                "",
            })
    void everythingElsePassesAsItIs(String message) {
        String json = message.replace('\'', '"');

        assertThat(through(JSON, json)).isEqualTo(json);
        assertThat(through(STREAM, "data: " + json + "\n\n")).isEqualTo("data: " + json + "\n\n");
    }

    /** What cannot ask for input any more is not held back. */
    @Test
    void aLongResultPassesAsSoonAsItIsKnownToBeOne() {
        StreamEdit edit = AnswerStreams.edit(CALL, JSON, SEAL);
        byte[] start = ("{\"id\":1,\"result\":{\"resultType\":\"complete\",\"content\":\"" + "x".repeat(5_000))
                .getBytes(StandardCharsets.UTF_8);

        assertThat(edit.pass(start, 0, start.length)).isEqualTo(start);
    }

    @Test
    void onlyAnswersOfSuchCallsAreRead() {
        CallMetadata plain =
                new CallMetadata.Sessionless(new ServerKey("one"), new Era.Modern("2026-07-28"), Optional.empty());

        assertThat(AnswerStreams.concerns(CALL, JSON)).isTrue();
        assertThat(AnswerStreams.concerns(CALL, STREAM)).isTrue();
        assertThat(AnswerStreams.concerns(CALL, type("text/html"))).isFalse();
        assertThat(AnswerStreams.concerns(plain, JSON)).isFalse();
        assertThat(AnswerStreams.concerns(plain, STREAM)).isFalse();
    }

    private static String through(RequestHeaders form, String text) {
        return EditedPieces.through(AnswerStreams.edit(CALL, form, SEAL), text);
    }

    private static RequestHeaders type(String value) {
        return RequestHeaders.of(Map.of("content-type", List.of(value)));
    }
}
