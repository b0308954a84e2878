package io.mcpgateway.broker.authorization.trusted;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.mcpgateway.broker.json.JsonText;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;

/** An authorization layer: signs headers with a key of its own. */
public final class SignedHeaders {
    private static final ECKey KEY = key(Curve.P_256);

    private SignedHeaders() {}

    public static ECPublicKey publicKey() {
        try {
            return KEY.toECPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code TRUSTED_HEADER_PUBLIC_KEY} has it. */
    public static String publicKeyPem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** A value of {@code x-authorized-tools} without end, its claim a string. */
    public static String tools(String byServerJson) {
        return sign("{\"allowed-tools\":" + JsonText.quote(byServerJson) + "}");
    }

    /** The same for {@code x-mcp-authorized}. */
    public static String capabilities(String byKindJson) {
        return sign("{\"allowed-capabilities\":" + JsonText.quote(byKindJson) + "}");
    }

    public static String sign(String payload) {
        return sign(JWSAlgorithm.ES256, KEY, payload);
    }

    static String sign(JWSAlgorithm algorithm, ECKey key, String payload) {
        try {
            return sign(algorithm, new ECDSASigner(key), payload);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(JWSAlgorithm algorithm, JWSSigner signer, String payload) {
        try {
            JWSObject signed = new JWSObject(new JWSHeader(algorithm), new Payload(payload));
            signed.sign(signer);
            return signed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey key(Curve curve) {
        try {
            return new ECKeyGenerator(curve).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
