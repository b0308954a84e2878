package io.mcpgateway.controller.desired;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.HexFormat;

/** P-256 keys in the two PEM forms that OpenSSL and Go write. */
final class P256Pem {
    private static final int FIELD_BYTES = 32;
    private static final int FIELD_BITS = 256;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    /** SEC 1, C.4 (RFC 5915): sequence, version 1, then the private number of 32 bytes. */
    private static final byte[] PRIVATE_HEAD = HexFormat.of().parseHex("30770201010420");
    /** The curve's name, then the head of the public point (uncompressed). */
    private static final byte[] PRIVATE_MIDDLE = HexFormat.of().parseHex("a00a06082a8648ce3d030107a14403420004");

    private P256Pem() {}

    /** SubjectPublicKeyInfo (RFC 5480). */
    static String publicKey(KeyPair pair) {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    /** SEC 1: the JDK itself only writes PKCS#8. */
    static String privateKey(KeyPair pair) {
        if (!(pair.getPrivate() instanceof ECPrivateKey number)
                || !(pair.getPublic() instanceof ECPublicKey point)
                || number.getParams().getCurve().getField().getFieldSize() != FIELD_BITS) {
            throw new IllegalArgumentException("expected a key pair on the curve P-256");
        }
        byte[] der = new byte[PRIVATE_HEAD.length + PRIVATE_MIDDLE.length + 3 * FIELD_BYTES];
        int at = put(der, 0, PRIVATE_HEAD);
        at = put(der, at, fixed(number.getS()));
        at = put(der, at, PRIVATE_MIDDLE);
        at = put(der, at, fixed(point.getW().getAffineX()));
        put(der, at, fixed(point.getW().getAffineY()));
        return pem("EC PRIVATE KEY", der);
    }

    private static int put(byte[] target, int at, byte[] part) {
        System.arraycopy(part, 0, target, at, part.length);
        return at + part.length;
    }

    /** Big endian, 32 bytes, without the sign byte that BigInteger may add. */
    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[FIELD_BYTES];
        int length = Math.min(bytes.length, FIELD_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, FIELD_BYTES - length, length);
        return fixed;
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + LINES.encodeToString(der) + "\n-----END " + type + "-----\n";
    }
}
