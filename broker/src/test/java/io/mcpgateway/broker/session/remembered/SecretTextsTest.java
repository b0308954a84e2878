package io.mcpgateway.broker.session.remembered;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.SessionTokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextsTest {
    private final SecretTexts<Integer> texts = new SecretTexts<>(100_000, 100);

    @Test
    void aTextIsFoundByItsCharactersAndNoOtherIs() {
        Random random = new Random(7);
        Map<String, Integer> kept = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            String text = random.ints(random.nextInt(40), 0, 0x180)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            kept.put(text, i);
            texts.keep(text, i);
        }

        kept.forEach((text, value) -> {
            assertThat(texts.find(String.valueOf(text.toCharArray()))).contains(value);
            assertThat(texts.find(text + "x")).isEqualTo(Optional.ofNullable(kept.get(text + "x")));
        });
        assertThat(texts.find("never kept, whatever it is")).isEmpty();
    }

    @Test
    void noMoreIsKeptThanTheBound() {
        for (int i = 0; i < 20_000; i++) {
            texts.keep("text " + i, i);
        }

        assertThat(IntStream.range(0, 20_000)
                        .filter(i -> texts.find("text " + i).isPresent()))
                .hasSizeBetween(1, 1_000);
    }

    @Test
    void whatIsUsedStaysWhateverStrangersSend() {
        texts.keep("used often", 1);
        for (int i = 0; i < 50_000; i++) {
            if (i % 20 == 0) {
                assertThat(texts.find("used often")).as("after %d", i).contains(1);
            }
            texts.keep("used once " + i, i);
        }
    }

    @Test
    void aTextThatIsTooLongIsNotKept() {
        String longest = "x".repeat(SecretTexts.MAX_LENGTH);
        texts.keep(longest, 1);
        texts.keep(longest + "x", 2);

        assertThat(texts.find(longest)).contains(1);
        assertThat(texts.find(longest + "x")).isEmpty();
    }

    /** These have the same hash code as strings. */
    @Test
    void textsThatShareTheHashOfStringsDoNotShareOurs() {
        SecretTexts<Integer> many = new SecretTexts<>(10_000_000, 100);
        for (int i = 0; i < 1 << 14; i++) {
            many.keep(colliding(i), i);
        }

        assertThat(colliding(5).hashCode()).isEqualTo(colliding(9_000).hashCode());
        assertThat(IntStream.range(0, 1 << 14)
                        .filter(i -> many.find(colliding(i)).equals(Optional.of(i))))
                .hasSize(1 << 14);
    }

    private static String colliding(int bits) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 14; bit++) {
            text.append((bits >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer a.b.c", "Bearer e30.eyJpc3MiOiJpIiwic3ViIjoicyJ9.c", "Basic x", "ü"})
    void aRememberedCallerIsTheSame(String credential) {
        RememberedCallers callers = new RememberedCallers();
        CallerBinding expected = CallerBinding.of(List.of(credential));

        assertThat(callers.of(List.of(credential))).isEqualTo(expected);
        assertThat(callers.of(List.of(String.valueOf(credential.toCharArray()))))
                .isEqualTo(expected);
        assertThat(callers.of(List.of())).isEqualTo(CallerBinding.ANONYMOUS);
        assertThat(callers.of(List.of(credential, credential)))
                .isEqualTo(CallerBinding.of(List.of(credential, credential)));
    }

    @Test
    void whatIsNotSignedIsNotRemembered() {
        Map<String, SessionTokens.Read> kept = new HashMap<>();
        SessionTokens tokens = SessionTokens.withKey(
                        "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8))
                .remembering(new SessionTokens.Memory() {
                    @Override
                    public Optional<SessionTokens.Read> find(String token) {
                        return Optional.empty();
                    }

                    @Override
                    public void keep(String token, SessionTokens.Read read) {
                        kept.put(token, read);
                    }
                });
        tokens.verify(Optional.of("a.b.c"), CallerBinding.ANONYMOUS, Instant.EPOCH);

        assertThat(kept).isEmpty();
    }
}
