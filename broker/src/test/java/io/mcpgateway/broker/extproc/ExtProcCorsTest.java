package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser has to know of an answer, on every way in which one can be given. */
class ExtProcCorsTest {
    private static final Map<String, String> CORS = Map.of(
            "access-control-allow-origin", "https://a.example", "access-control-expose-headers", "X", "vary", "Origin");

    private final FakeDispatcher dispatcher = new FakeDispatcher();
    private final Processor processor = new Processor(dispatcher, 4);

    @BeforeEach
    void aPageAsks() {
        dispatcher.answerHeaders = CORS;
    }

    @AfterEach
    void stop() {
        processor.close();
    }

    @Test
    void aForwardedCallNotesThemForTheFilterThatAddsThem() {
        dispatcher.withBody = _ -> FakeDispatcher.forward(Optional.empty());

        Struct noted = processor
                .open()
                .send("h", "B")
                .replies
                .getFirst()
                .getDynamicMetadata()
                .getFieldsOrThrow("mcp")
                .getStructValue();

        assertThat(noted.getFieldsOrThrow("allow_origin").getStringValue()).isEqualTo("https://a.example");
        assertThat(noted.getFieldsOrThrow("expose_headers").getStringValue()).isEqualTo("X");
        assertThat(noted.getFieldsOrThrow("vary").getStringValue()).isEqualTo("Origin");
    }

    @Test
    void nothingIsNotedForWhoIsNoPage() {
        dispatcher.answerHeaders = Map.of();
        dispatcher.withBody = _ -> FakeDispatcher.forward(Optional.empty());

        assertThat(processor
                        .open()
                        .send("h", "B")
                        .replies
                        .getFirst()
                        .getDynamicMetadata()
                        .getFieldsOrThrow("mcp")
                        .getStructValue()
                        .getFieldsMap())
                .doesNotContainKeys("allow_origin", "expose_headers", "vary");
    }

    /** Of the router, of the stream itself, and of a bug. */
    @ParameterizedTest
    @ValueSource(strings = {"h B", "hb B", "h h", "h t"})
    void everyRefusalCarriesThem(String messages) {
        dispatcher.withBody = _ -> FakeDispatcher.reject(404);

        Processor.Stream stream = processor.open().send(messages.split(" "));

        assertThat(EnvoyMessages.set(
                        stream.replies.getLast().getImmediateResponse().getHeaders()))
                .containsAllEntriesOf(CORS)
                .containsEntry("content-type", "application/json");
    }

    @Test
    void aBufferedCallsAnswerGetsThemOnTheSameStream() {
        dispatcher.withBody = _ -> FakeDispatcher.forward(Optional.empty());

        Processor.Stream stream = processor.open().send("hb", "B", "rh");

        assertThat(EnvoyMessages.set(stream.replies
                        .getLast()
                        .getResponseHeaders()
                        .getResponse()
                        .getHeaderMutation()))
                .containsAllEntriesOf(CORS);
    }
}
