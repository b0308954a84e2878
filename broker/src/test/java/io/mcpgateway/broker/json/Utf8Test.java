package io.mcpgateway.broker.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Agrees with the JDK's decoder, which is too slow for every message (docs/adr/039). */
class Utf8Test {
    private static final int LONGEST_PREFIX = 9;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    @Test
    void everyPairOfFirstBytesIsJudgedAsTheDecoderDoes() {
        List<String> different = new ArrayList<>();
        for (int pair = 0; pair < 1 << 16; pair++) {
            for (int rest : new int[] {0x80, 0xbf, 'a'}) {
                byte[] text = {(byte) (pair >> 8), (byte) pair, (byte) rest, (byte) 0x80, 'z'};
                compare(text, different);
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void itDoesNotMatterWhereInTheTextACharacterStands() {
        List<String> different = new ArrayList<>();
        byte[] broken = "ü€\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before <= LONGEST_PREFIX; before++) {
            for (int length = 0; length <= broken.length; length++) {
                byte[] text = new byte[before + length];
                Arrays.fill(text, (byte) 'a');
                System.arraycopy(broken, 0, text, before, length);
                compare(text, different);
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void anyBytesAreJudgedAsTheDecoderDoes() {
        List<String> different = new ArrayList<>();
        Random random = new Random(7);
        byte[] leads = HexFormat.of().parseHex("c0c1c2dfe0e1ecedeeeff0f1f3f4f5ff7f808f909fa0bf");
        for (int round = 0; round < 200_000; round++) {
            byte[] text = new byte[random.nextInt(24)];
            for (int index = 0; index < text.length; index++) {
                text[index] = random.nextInt(3) == 0 ? (byte) random.nextInt(128) : leads[random.nextInt(leads.length)];
            }
            compare(text, different);
        }
        assertThat(different).isEmpty();
    }

    private void compare(byte[] text, List<String> different) {
        int expected = firstInvalid(text);
        int actual = Utf8.firstInvalid(text);
        if (actual != expected || Utf8.valid(text) != expected < 0) {
            different.add(HexFormat.of().formatHex(text) + " at " + actual + ", not " + expected);
        }
    }

    private int firstInvalid(byte[] text) {
        ByteBuffer in = ByteBuffer.wrap(text);
        CoderResult result = decoder.reset().decode(in, CharBuffer.allocate(text.length + 1), true);
        return result.isError() ? in.position() : -1;
    }
}
