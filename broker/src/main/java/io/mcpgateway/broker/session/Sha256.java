package io.mcpgateway.broker.session;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) of what names something but must not be read from the name. */
public final class Sha256 {
    private static final int HALF = 16;

    private Sha256() {}

    /** One that was fed nothing yet. */
    public static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** The first half of the digest in 32 hexadecimal digits: short enough for names, and still without collisions. */
    static String firstHalf(MessageDigest fed) {
        return HexFormat.of().formatHex(fed.digest(), 0, HALF);
    }
}
