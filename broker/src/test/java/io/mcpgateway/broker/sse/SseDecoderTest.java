package io.mcpgateway.broker.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseDecoderTest {
    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of("data: a\n\n", List.of(message("a"))),
                Arguments.of("data:a\n\n", List.of(message("a"))),
                Arguments.of("data:  a\n\n", List.of(message(" a"))),
                Arguments.of("data: a\r\n\r\n", List.of(message("a"))),
                Arguments.of("data: a\r\r", List.of(message("a"))),
                Arguments.of("data: a\r\ndata: b\rdata: c\n\r\n", List.of(message("a\nb\nc"))),
                Arguments.of("data: a\n\ndata: b\n\n", List.of(message("a"), message("b"))),
                Arguments.of("\uFEFFdata: a\n\n", List.of(message("a"))),
                Arguments.of("\uFEFF\ndata: a\n\n", List.of(message("a"))),
                Arguments.of("data: a\n\n\uFEFFdata: b\n\n", List.of(message("a"))),
                Arguments.of(": comment\ndata: a\n: more\n\n", List.of(message("a"))),
                Arguments.of("event: x\nid: 7\ndata: a\n\ndata: b\n\n", List.of(event("x", "a", "7"), message("b"))),
                Arguments.of("event: x\n\ndata: b\n\n", List.of(message("b"))),
                Arguments.of("event\ndata\n\n", List.of(message(""))),
                Arguments.of("data\ndata\n\n", List.of(message("\n"))),
                Arguments.of("id: a\0b\ndata: x\n\n", List.of(message("x"))),
                Arguments.of("id\ndata: x\n\n", List.of(event("message", "x", ""))),
                Arguments.of("unknown: y\nDATA: z\ndata: x\n\n", List.of(message("x"))),
                Arguments.of("data: \u00e9\u4e2d\uD83D\uDE00\n\n", List.of(message("\u00e9\u4e2d\uD83D\uDE00"))),
                Arguments.of("data: a:b: c\n\n", List.of(message("a:b: c"))),
                Arguments.of("\n\n\n", List.of()),
                Arguments.of("data: cut off", List.of()),
                Arguments.of("data: cut off\n", List.of()));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void eventsAreReadHoweverTheBytesArrive(String stream, List<SseEvent> expected) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            SseDecoder decoder = SseDecoder.withLimit(1000);
            List<SseEvent> events = new ArrayList<>();
            for (int from = 0; from < bytes.length; from += size) {
                events.addAll(decoder.decode(bytes, from, Math.min(bytes.length, from + size)));
            }
            assertThat(events).as("pieces of %d", size).isEqualTo(expected);
            assertThat(decoder.overflowed()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: a", "data: a\n", "data: a\r\n"})
    void eventCutOffByTheEndCanBeAskedFor(String stream) {
        SseDecoder decoder = SseDecoder.withLimit(1000);
        decode(decoder, stream);

        assertThat(decoder.finish()).contains(message("a"));
        assertThat(decoder.finish()).isEmpty();
    }

    @Test
    void theLastIdIsThatOfTheLastEventThatEnded() {
        SseDecoder decoder = SseDecoder.withLimit(1000);
        assertThat(decoder.lastId()).isEmpty();

        decode(decoder, "id: 1\ndata: a\n\nid: 2\n\ndata: without one\n\nid: 3\ndata: cut off");
        assertThat(decoder.lastId()).contains("2");
        decoder.finish();
        assertThat(decoder.lastId()).contains("2");
        decode(decoder, "\n\nid\ndata: forgotten\n\n");
        assertThat(decoder.lastId()).contains("");
    }

    @Test
    void retryOutlivesItsEvent() {
        SseDecoder decoder = SseDecoder.withLimit(1000);

        decode(decoder, "id: 1\nretry: 1500\n\ndata: x\n\nretry: soon\n\nretry: 99999999999\n\n");

        assertThat(decoder.retry()).contains(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: 0123456789", "data: 01\ndata: 23\ndata: 45\n", ": 0123456789abcdef"})
    void whatOutgrowsTheLimitEndsTheDecoding(String stream) {
        SseDecoder decoder = SseDecoder.withLimit(10);
        decode(decoder, stream);

        assertThat(decoder.overflowed()).isTrue();
        assertThat(decode(decoder, "\n\ndata: a\n\n")).isEmpty();
        assertThat(decoder.finish()).isEmpty();
    }

    @Test
    void heartbeatsForeverDoNotAddUp() {
        SseDecoder decoder = SseDecoder.withLimit(10);

        decode(decoder, ": beat\n".repeat(10_000));

        assertThat(decoder.overflowed()).isFalse();
        assertThat(decode(decoder, "data: a\n\n")).containsExactly(message("a"));
    }

    @Test
    void whatSseEventEncodesIsDecoded() {
        SseEvent event = event("message", "{\"a\":1}", "9");

        assertThat(decode(SseDecoder.withLimit(1000), new String(event.encode(), StandardCharsets.UTF_8)))
                .containsExactly(event);
    }

    private static List<SseEvent> decode(SseDecoder decoder, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(bytes, 0, bytes.length);
    }

    private static SseEvent message(String data) {
        return new SseEvent("message", data, Optional.empty());
    }

    private static SseEvent event(String type, String data, String id) {
        return new SseEvent(type, data, Optional.of(id));
    }
}
