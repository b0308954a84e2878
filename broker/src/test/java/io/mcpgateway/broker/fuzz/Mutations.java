package io.mcpgateway.broker.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Seeds with a few bytes changed, cut, repeated, or taken from another seed. */
final class Mutations {
    private static final byte[] TELLING = "{}[]\",:\\u0tnfe+-.19 \r\n\u0000\u007f".getBytes(StandardCharsets.UTF_8);
    private static final int LONGEST_PIECE = 16;

    private final Random random;
    private final List<byte[]> seeds;

    Mutations(Random random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] input = any();
        for (int change = random.nextInt(4); change >= 0; change--) {
            input = changed(input);
        }
        return input;
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + random.nextInt(LONGEST_PIECE));
        return switch (random.nextInt(6)) {
            case 0 -> joined(input, at, new byte[] {(byte) random.nextInt(256)}, Math.min(at + 1, input.length));
            case 1 -> joined(input, at, new byte[] {TELLING[random.nextInt(TELLING.length)]}, at);
            case 2 -> joined(input, at, new byte[0], to);
            case 3 -> joined(input, at, piece(input), at);
            case 4 -> joined(input, at, piece(any()), to);
            default -> Arrays.copyOf(input, at);
        };
    }

    private byte[] piece(byte[] of) {
        int from = random.nextInt(of.length + 1);
        return Arrays.copyOfRange(of, from, Math.min(of.length, from + random.nextInt(LONGEST_PIECE)));
    }

    private static byte[] joined(byte[] input, int headEnd, byte[] middle, int tailStart) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(input.length + middle.length);
        all.write(input, 0, headEnd);
        all.writeBytes(middle);
        all.write(input, tailStart, input.length - tailStart);
        return all.toByteArray();
    }
}
