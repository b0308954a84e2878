package io.mcpgateway.broker.session.remembered;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values by texts that nobody may learn by trying: how long a look-up takes does not tell how much of a text was right,
 * and nobody outside can make texts that share a place. Bounded in bytes, keeps what is asked for often. Thread-safe,
 * never blocks.
 *
 * @param <V> immutable
 */
final class SecretTexts<V> {
    /** Longer texts are not kept: they would take the room of many. */
    static final int MAX_LENGTH = 8192;

    private static final int BYTES_PER_CHARACTER = 2;
    /** A Mersenne prime: what a hash is computed by. */
    private static final long PRIME = (1L << 61) - 1;

    private static final int CHARACTERS_PER_STEP = 3;

    /** Compares every character, whether or not one has differed. Whoever knows the length knows no part of the text. */
    private record Text(String text, int hash) {
        @Override
        public boolean equals(@Nullable Object other) {
            if (!(other instanceof Text(String theirs, int _)) || text.length() != theirs.length()) {
                return false;
            }
            int difference = 0;
            for (int i = 0; i < text.length(); i++) {
                difference |= text.charAt(i) ^ theirs.charAt(i);
            }
            return difference == 0;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            return "Text[***]";
        }
    }

    private final Cache<Text, V> known;
    private final long secret = new SecureRandom().nextLong(1L << 32, PRIME);

    /**
     * Knows nothing yet.
     *
     * @param maxBytes for everything
     * @param bytesBeside what an entry takes beside its text
     */
    SecretTexts(long maxBytes, int bytesBeside) {
        this.known = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Text key, V _) ->
                        bytesBeside + BYTES_PER_CHARACTER * key.text().length())
                .executor(Runnable::run)
                .build();
    }

    Optional<V> find(String text) {
        return text.length() > MAX_LENGTH ? Optional.empty() : Optional.ofNullable(known.getIfPresent(keyOf(text)));
    }

    void keep(String text, V value) {
        if (text.length() <= MAX_LENGTH) {
            known.put(keyOf(text), Objects.requireNonNull(value, "value"));
        }
    }

    /** How many there are, once what is over the bound is gone. */
    long size() {
        known.cleanUp();
        return known.estimatedSize();
    }

    /** A polynomial in a secret number: of two texts of n characters, n / 3 of 2^61 secrets make the same hash. */
    private Text keyOf(String text) {
        long hash = text.length();
        int index = 0;
        while (index < text.length()) {
            int end = Math.min(index + CHARACTERS_PER_STEP, text.length());
            long block = 0;
            for (; index < end; index++) {
                block = block << Character.SIZE | text.charAt(index);
            }
            hash = timesSecret(hash + block);
        }
        return new Text(text, Long.hashCode(hash));
    }

    /** Modulo the prime, or a little above it. */
    private long timesSecret(long number) {
        long low = number * secret;
        long high = Math.multiplyHigh(number, secret);
        long sum = (low & PRIME) + (low >>> 61 | high << 3);
        return (sum & PRIME) + (sum >>> 61);
    }
}
