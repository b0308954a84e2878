package io.mcpgateway.broker.session;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104) with one key. Safe for several threads. */
public final class KeyedMac {
    private static final String ALGORITHM = "HmacSHA256";

    /**
     * Has the key, but is never fed; its clones compute. Measured: a clone costs half as much as a new Mac with its key,
     * and no more than a Mac kept for each thread, of which virtual threads would need too many.
     */
    private final Mac prototype;

    private KeyedMac(Mac prototype) {
        this.prototype = prototype;
    }

    public static KeyedMac withKey(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return new KeyedMac(mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no usable " + ALGORITHM, e);
        }
    }

    /** The 32 bytes of one text. */
    public byte[] of(byte[] text) {
        return fresh().doFinal(text);
    }

    /** One that was fed nothing yet, for a text in several parts. */
    public Mac fresh() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " of this Java runtime cannot be cloned", e);
        }
    }
}
