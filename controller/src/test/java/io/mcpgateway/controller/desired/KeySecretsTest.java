package io.mcpgateway.controller.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.controller.drift.Drift;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySecretsTest {
    private static final ExtensionOwner OWNER = new ExtensionOwner("mcp-system", "gateway", "uid-1");
    private static final byte[] RANDOM = HexFormat.of().parseHex("00ff".repeat(16));

    @Test
    void aSigningKeyIs64HexDigits() {
        assertThat(text(SigningKeySecret.desired(OWNER, RANDOM))).isEqualTo("00ff".repeat(16));
    }

    @Test
    void aSigningKeyOfFewerBytesIsRefused() {
        assertThatThrownBy(() -> SigningKeySecret.desired(OWNER, new byte[16]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUsableSigningKeyIsKept() {
        Secret live = SigningKeySecret.desired(OWNER, new byte[32]);

        assertThat(Drift.between(live, SigningKeySecret.desiredBeside(live, OWNER, RANDOM)))
                .isEmpty();
    }

    @Test
    void lostLabelsComeBackWithoutANewKey() {
        Secret live = SigningKeySecret.desired(OWNER, new byte[32]);
        live.getMetadata().setLabels(Map.of());

        Secret written = Drift.between(live, SigningKeySecret.desiredBeside(live, OWNER, RANDOM))
                .orElseThrow();

        assertThat(written.getMetadata().getLabels()).containsKey("app.kubernetes.io/managed-by");
        assertThat(written.getData()).isEqualTo(live.getData());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "not base64!", "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"})
    void anUnusableSigningKeyIsReplaced(String encoded) {
        Secret live = SigningKeySecret.desired(OWNER, new byte[32]);
        live.setData(Map.of("key", encoded, "other", "eA=="));

        Secret written = Drift.between(live, SigningKeySecret.desiredBeside(live, OWNER, RANDOM))
                .orElseThrow();

        assertThat(text(written)).isEqualTo("00ff".repeat(16));
        assertThat(written.getData()).containsEntry("other", "eA==");
    }

    @Test
    void aSigningKeySecretWithoutDataGetsOne() {
        Secret live = SigningKeySecret.desired(OWNER, new byte[32]);
        live.setData(null);

        assertThat(text(Drift.between(live, SigningKeySecret.desiredBeside(live, OWNER, RANDOM))
                        .orElseThrow()))
                .isEqualTo("00ff".repeat(16));
    }

    @Test
    void theDocumentOfAConfigSecretReadsBack() {
        assertThat(ConfigSecret.document(ConfigSecret.desired(OWNER, "servers: []\n")))
                .contains("servers: []\n");
        assertThat(ConfigSecret.document(SigningKeySecret.desired(OWNER, RANDOM)))
                .isEmpty();
    }

    /** Repeated, because numbers with leading zeros are rare. */
    @RepeatedTest(20)
    void bothHalvesOfAPairFitEachOther() throws GeneralSecurityException {
        KeyPair pair = pair("secp256r1");
        TrustedHeaderSecrets secrets = TrustedHeaderSecrets.desired(OWNER, "keys", pair);

        byte[] signed = "x".getBytes(StandardCharsets.UTF_8);
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(readSec1(text(secrets.privateKey())));
        signer.update(signed);
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(readPublic(text(secrets.publicKey())));
        verifier.update(signed);

        assertThat(verifier.verify(signer.sign())).isTrue();
        assertThat(secrets.publicKey().getMetadata().getName()).isEqualTo("keys");
        assertThat(secrets.privateKey().getMetadata().getName()).isEqualTo("keys-private");
    }

    @Test
    void aPairNeverPrintsItself() throws GeneralSecurityException {
        assertThat(TrustedHeaderSecrets.desired(OWNER, "keys", pair("secp256r1")))
                .hasToString("TrustedHeaderSecrets[***]");
    }

    @Test
    void anotherCurveIsRefused() throws GeneralSecurityException {
        KeyPair pair = pair("secp384r1");

        assertThatThrownBy(() -> TrustedHeaderSecrets.desired(OWNER, "keys", pair))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecretThatTheControllerDidNotMakeIsNotOurs() throws GeneralSecurityException {
        Secret own =
                TrustedHeaderSecrets.desired(OWNER, "keys", pair("secp256r1")).publicKey();
        assertThat(TrustedHeaderSecrets.isOurs(own)).isTrue();

        own.getMetadata().setLabels(null);
        assertThat(TrustedHeaderSecrets.isOurs(own)).isFalse();
    }

    private static KeyPair pair(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static PublicKey readPublic(String pem) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der(pem, "PUBLIC KEY")));
    }

    /** RFC 5915: 30 77, version, then 04 20 and the number. */
    private static ECPrivateKey readSec1(String pem) throws GeneralSecurityException {
        byte[] der = der(pem, "EC PRIVATE KEY");
        assertThat(der).hasSize(2 + 0x77);
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        BigInteger number = new BigInteger(1, Arrays.copyOfRange(der, 7, 39));
        return (ECPrivateKey) KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(number, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static byte[] der(String pem, String type) {
        assertThat(pem).startsWith("-----BEGIN " + type + "-----\n").endsWith("-----END " + type + "-----\n");
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static String text(Secret secret) {
        String encoded = Objects.requireNonNull(secret.getData().get("key"));
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
