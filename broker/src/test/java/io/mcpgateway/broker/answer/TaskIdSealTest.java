package io.mcpgateway.broker.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.sse.MessageEdit;
import io.mcpgateway.broker.sse.StreamEdit;
import io.mcpgateway.broker.tasks.ServerTask;
import io.mcpgateway.broker.tasks.TaskSeal;
import io.mcpgateway.broker.tasks.TaskSealing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskIdSealTest {
    private static final RequestStates STATES = RequestStates.withKey(new byte[32]);
    private static final ServerKey SERVER = new ServerKey("one");
    private static final TaskSeal SEAL = new TaskSeal(StateBinding.ofTask(new CallerBinding("alice")));
    private static final String SEALED = SEAL.seal(STATES, new ServerTask(SERVER, "alpha", "t 1"));
    private static final RequestHeaders JSON = type("application/json");
    private static final RequestHeaders STREAM = type("text/event-stream");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'jsonrpc':'2.0','id':1,'result':{'resultType':'task','taskId':'t 1','status':'working'}}",
                "{'result':{'taskId':'t\\u00201','x':[1.0,{'taskId':'t 2'}],'resultType':'task'},'id':1}",
                "{ 'id' : 'a' , 'result' : { 'taskId' : 't 1' , 'resultType' : 'task' } }",
            })
    void theIdOfANewTaskIsSealedAndNothingElseChanges(String message) {
        String json = message.replace('\'', '"');
        String expected = json.replace("\"t 1\"", '"' + SEALED + '"').replace("\"t\\u00201\"", '"' + SEALED + '"');

        for (MessageEdit edit : List.of(seal(false), seal(true))) {
            assertThat(through(JSON, json, edit)).isEqualTo(expected);
            assertThat(through(STREAM, ": c\ndata: " + json + "\n\n", edit))
                    .isEqualTo(": c\ndata: " + expected + "\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':1,'result':{'resultType':'complete','taskId':'t 1','status':'completed','result':{'taskId':'t 2'}}}",
                "{'id':1,'result':{'inputRequests':{'q':{'params':{'taskId':'t 2'}}},'taskId':'t 1'}}",
            })
    void theIdIsSealedInTheStateOfATaskButNotInOtherResults(String message) {
        String json = message.replace('\'', '"');

        assertThat(through(JSON, json, seal(true))).isEqualTo(json.replace("\"t 1\"", '"' + SEALED + '"'));
        assertThat(through(JSON, json, seal(false))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':1,'result':{'resultType':'task'}}",
                "{'id':1,'result':{'resultType':'task','taskId':7}}",
                "{'id':1,'result':{'resultType':'task','x':{'taskId':'t 1'}}}",
                "{'id':1,'error':{'code':-1,'message':'x','data':{'taskId':'t 1','resultType':'task'}}}",
                "{'method':'notifications/progress','params':{'result':{'resultType':'task','taskId':'t 1'}}}",
                "{'id':1,'result':{'resultType':'task','taskId':'t 1'}",
                "not json",
                "",
            })
    void everythingElsePassesAsItIs(String message) {
        String json = message.replace('\'', '"');

        for (MessageEdit edit : List.of(seal(false), seal(true))) {
            assertThat(through(JSON, json, edit)).isEqualTo(json);
            assertThat(through(STREAM, "data: " + json + "\n\n", edit)).isEqualTo("data: " + json + "\n\n");
        }
    }

    /** What cannot become a task any more is not held back. */
    @Test
    void aLongResultPassesAsSoonAsItIsKnownToBeOne() {
        StreamEdit edit = AnswerStreams.edit(call(false), JSON, seal(false));
        byte[] start = ("{\"id\":1,\"result\":{\"resultType\":\"complete\",\"content\":\"" + "x".repeat(5_000))
                .getBytes(StandardCharsets.UTF_8);

        assertThat(edit.pass(start, 0, start.length)).isEqualTo(start);
    }

    @Test
    void anAnswerMayHaveAStateOrATask() {
        StateBinding binding = new StateBinding("b");
        MessageEdit both = new EitherEdit(new StateSeal(STATES, binding, Instant.MAX), seal(false));
        String asks = "{\"id\":1,\"result\":{\"resultType\":\"input_required\",\"requestState\":\"s\"}}";
        String task = "{\"id\":1,\"result\":{\"resultType\":\"task\",\"taskId\":\"t 1\"}}";

        assertThat(through(JSON, asks, both)).contains("\"requestState\":\"mcpgw-state.");
        assertThat(through(JSON, task, both)).contains(SEALED);
        assertThat(AnswerStreams.concerns(call(false), JSON)).isTrue();
    }

    private static MessageEdit seal(boolean state) {
        return new TaskIdSeal(STATES, new TaskSealing(SEAL, "alpha", state), SERVER);
    }

    private static CallMetadata call(boolean state) {
        return new CallMetadata.Sessionless(
                SERVER,
                new Era.Modern("2026-07-28"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new TaskSealing(SEAL, "alpha", state)));
    }

    private static String through(RequestHeaders form, String text, MessageEdit messages) {
        return EditedPieces.through(AnswerStreams.edit(call(false), form, messages), text);
    }

    private static RequestHeaders type(String value) {
        return RequestHeaders.of(Map.of("content-type", List.of(value)));
    }
}
