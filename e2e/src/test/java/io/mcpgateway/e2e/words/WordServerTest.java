package io.mcpgateway.e2e.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.words.Caller.Kind;
import io.mcpgateway.e2e.words.Caller.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients and servers understand each other without a gateway, and see what a gateway must not do. */
class WordServerTest {
    private static final String WORD = "w-1-7-0123abcd";
    private static final String OTHERS_WORD = "w-2-7-0123abcd";

    private final Executions executions = new Executions();

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "LISTENS")
    void eachClientIsAnsweredInItsEra(Kind kind) throws Exception {
        try (WordServer server = WordServer.start(0, kind.era(), executions);
                McpClient connection = McpClient.of(server.url());
                Caller caller = Caller.connect(1, kind, "", connection)) {
            for (int call = 0; call < 3; call++) {
                Outcome outcome = caller.call();

                assertThat(outcome.isAnswer()).as("%s", outcome).isTrue();
                assertThat(outcome.namesAnotherCall()).isFalse();
                assertThat(executions.of(outcome.word())).isEqualTo(1);
            }
        }
        assertThat(executions.repeated()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void aQuestionCanBeLeftOpen(Era era) throws Exception {
        try (WordServer server = WordServer.start(0, era, executions);
                McpClient connection = McpClient.of(server.url());
                AskedCaller caller = Caller.askable(1, era, "", connection)) {
            AskedCaller.Asked first = caller.begin();
            AskedCaller.Asked second = caller.begin();
            second.leave();

            assertThat(first.word()).isNotEqualTo(second.word());
            assertThat(first.end().isAnswer()).isTrue();
        }
    }

    @Test
    void aCallThatIsMadeAgainIsNoticed() throws Exception {
        try (WordServer server = WordServer.start(0, Era.MODERN, executions);
                McpClient connection = McpClient.of(server.url());
                AskedCaller caller = Caller.askable(1, Era.MODERN, "", connection)) {
            AskedCaller.Asked asked = caller.begin();
            asked.end();
            asked.end();

            assertThat(executions.repeated()).containsExactly(asked.word() + ", second round");
        }
    }

    @Test
    void aSessionThatWasEndedIsNotCounted() throws Exception {
        try (WordServer server = WordServer.start(0, Era.LEGACY, executions);
                McpClient client = McpClient.connect(server.url())) {
            assertThat(server.sessions()).isEqualTo(1);

            client.send("DELETE", Map.of());

            assertThat(server.sessions()).isZero();
        }
    }

    @Test
    void theAnswerToAnotherCallIsNoAnswer() {
        assertThat(outcome(said(7, WORD)).isAnswer()).isTrue();
        assertThat(outcome(said(8, WORD)).isAnswer()).as("another id").isFalse();
        assertThat(outcome(said(7, OTHERS_WORD)).isAnswer()).isFalse();
        assertThat(outcome(said(7, OTHERS_WORD)).namesAnotherCall()).isTrue();
        assertThat(outcome("no JSON").isAnswer()).isFalse();
    }

    private static Outcome outcome(String body) {
        Reply reply = new Reply(200, Map.of("content-type", List.of("application/json")), body);
        return new Outcome(7, WORD, Optional.of(reply), Optional.empty(), Duration.ofMillis(1));
    }

    private static String said(long id, String text) {
        return Delivery.reply(Long.toString(id), new Delivery(Era.LEGACY).said(text));
    }
}
