package io.mcpgateway.broker.session.remembered;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
    /** In bytes of UTF-8. Longer texts are not kept: they would take the room of many. */
    static final int MAX_LENGTH = 8192;

    /** Two texts are compared to their end, wherever they differ first. */
    private static final class Text {
        private final byte[] bytes;
        private final int hash;

        Text(byte[] bytes, int hash) {
            this.bytes = bytes;
            this.hash = hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Text text && MessageDigest.isEqual(bytes, text.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final Cache<Text, V> known;
    private final SecretHash hash = SecretHash.random(new SecureRandom(), MAX_LENGTH);

    /**
     * Knows nothing yet.
     *
     * @param maxBytes for everything
     * @param bytesBeside what an entry takes beside its text
     */
    SecretTexts(long maxBytes, int bytesBeside) {
        this.known = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Text key, V _) -> bytesBeside + key.bytes.length)
                .executor(Runnable::run)
                .build();
    }

    Optional<V> find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length > MAX_LENGTH ? Optional.empty() : Optional.ofNullable(known.getIfPresent(keyOf(bytes)));
    }

    void keep(String text, V value) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_LENGTH) {
            known.put(keyOf(bytes), Objects.requireNonNull(value, "value"));
        }
    }

    private Text keyOf(byte[] bytes) {
        return new Text(bytes, hash.of(bytes));
    }
}
