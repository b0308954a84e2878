package io.mcpgateway.broker.authorization.trusted;

import com.nimbusds.jose.jwk.Curve;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** Reads EC public keys of the curve P-256 as {@code openssl ec -pubout} writes them (RFC 7468, section 13). */
public final class PublicKeyPem {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private PublicKeyPem() {}

    /** Empty if the text is anything but one such key. */
    public static Optional<ECPublicKey> parse(String pem) {
        String text = pem.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.length() < BEGIN.length() + END.length()) {
            return Optional.empty();
        }
        String base64 = text.substring(BEGIN.length(), text.length() - END.length());
        try {
            byte[] encoded = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded))
                                    instanceof ECPublicKey key
                            && Curve.P_256.equals(Curve.forECParameterSpec(key.getParams()))
                    ? Optional.of(key)
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            return Optional.empty();
        }
    }
}
