package io.mcpgateway.broker.requeststate;

import io.mcpgateway.broker.session.KeyedMac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the states of servers that cannot tell callers apart, and the gateway's own: what one caller was given, no other
 * one can use, nor for another call, nor for ever. It is encrypted, so nobody can take what it says out and use that. There
 * is no table, so a state works on any replica.
 *
 * <p>The text is {@code mcpgw-state.<payload>} in base64url: AES-256-GCM over the end of its life and the server's state,
 * with the binding as associated data. The nonce is an HMAC over all of it: two different inputs never share one, and
 * nothing here is random.
 */
public final class RequestStates {
    /** How long a client may take for one round, which includes asking its user. */
    public static final Duration LIFE = Duration.ofHours(1);

    private static final String START = "mcpgw-state.";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final SecretKeySpec key;
    private final KeyedMac nonces;

    private RequestStates(SecretKeySpec key, KeyedMac nonces) {
        this.key = key;
        this.nonces = nonces;
    }

    /**
     * States that only holders of this key can seal and open.
     *
     * @param key of the session tokens; what is made here cannot be taken for one of them
     */
    public static RequestStates withKey(byte[] key) {
        KeyedMac master = KeyedMac.withKey(key);
        return new RequestStates(
                new SecretKeySpec(derived(master, "mcp-gateway request states"), "AES"),
                KeyedMac.withKey(derived(master, "mcp-gateway nonces of request states")));
    }

    /** The state as the client gets it. */
    public String seal(StateBinding binding, String state, Instant end) {
        byte[] bytes = state.getBytes(StandardCharsets.UTF_8);
        byte[] plain = ByteBuffer.allocate(Long.BYTES + bytes.length)
                .putLong(end.getEpochSecond())
                .put(bytes)
                .array();
        byte[] nonce = nonce(binding, plain);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, binding).doFinal(plain);
            return START
                    + ENCODER.encodeToString(ByteBuffer.allocate(nonce.length + encrypted.length)
                            .put(nonce)
                            .put(encrypted)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot seal with " + CIPHER, e);
        }
    }

    /** What the server gave; empty if it was not sealed here with this binding, or its life is over. */
    public Optional<String> open(StateBinding binding, String sealed, Instant now) {
        if (!sealed.startsWith(START)) {
            return Optional.empty();
        }
        String encoded = sealed.substring(START.length());
        try {
            byte[] payload = DECODER.decode(encoded);
            boolean oneSpelling = ENCODER.encodeToString(payload).equals(encoded);
            if (!oneSpelling || payload.length < NONCE_BYTES + Long.BYTES + TAG_BYTES) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(payload, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, nonce, binding)
                    .doFinal(payload, NONCE_BYTES, payload.length - NONCE_BYTES);
            return now.getEpochSecond() < ByteBuffer.wrap(plain).getLong()
                    ? Optional.of(new String(plain, Long.BYTES, plain.length - Long.BYTES, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException | AEADBadTagException notOurs) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot open " + CIPHER, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, StateBinding binding) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(binding.value().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** The binding has a fixed length, so no two inputs are one text. */
    private byte[] nonce(StateBinding binding, byte[] plain) {
        Mac computing = nonces.fresh();
        computing.update(binding.value().getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(computing.doFinal(plain), NONCE_BYTES);
    }

    private static byte[] derived(KeyedMac master, String purpose) {
        return master.of(purpose.getBytes(StandardCharsets.US_ASCII));
    }
}
