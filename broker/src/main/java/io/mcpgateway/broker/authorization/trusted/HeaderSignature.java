package io.mcpgateway.broker.authorization.trusted;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import io.mcpgateway.broker.json.RawJson;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Objects;

/** Opens compact JWTs (RFC 7515) that the holder of one key signed with ES256; no other algorithm counts. */
final class HeaderSignature {
    /** A token opened. */
    sealed interface Opened {
        /** Signed with the key; the bytes are as the signer wrote them. */
        record Payload(RawJson json) implements Opened {}

        /** The reason holds no part of the token. */
        record Refused(String reason) implements Opened {
            public Refused {
                Objects.requireNonNull(reason, "reason");
            }
        }
    }

    private final ECDSAVerifier verifier;

    private HeaderSignature(ECDSAVerifier verifier) {
        this.verifier = verifier;
    }

    /**
     * Tokens of the holder of this key.
     *
     * @throws IllegalArgumentException if the key is not of the curve P-256
     */
    static HeaderSignature of(ECPublicKey key) {
        try {
            ECDSAVerifier verifier = new ECDSAVerifier(key);
            if (verifier.supportedJWSAlgorithms().contains(JWSAlgorithm.ES256)) {
                return new HeaderSignature(verifier);
            }
        } catch (JOSEException unknownCurve) {
            // reported below
        }
        throw new IllegalArgumentException("the key is not of the curve P-256");
    }

    /** Never throws, whatever the token. */
    Opened open(String token) {
        try {
            JWSObject signed = JWSObject.parse(token);
            if (!JWSAlgorithm.ES256.equals(signed.getHeader().getAlgorithm())) {
                return new Opened.Refused("not signed with ES256");
            }
            return signed.verify(verifier)
                    ? new Opened.Payload(RawJson.owning(signed.getPayload().toBytes()))
                    : new Opened.Refused("the signature does not match TRUSTED_HEADER_PUBLIC_KEY");
        } catch (ParseException | IllegalArgumentException notSigned) {
            return new Opened.Refused("not a signed JWT");
        } catch (JOSEException broken) {
            return new Opened.Refused("the signature cannot be checked");
        }
    }
}
