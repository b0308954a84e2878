package io.mcpgateway.api.contract;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CA certificates to trust in addition to public CAs, as PEM. Contains at least one, and nothing but
 * certificates: a private key that was included by mistake is refused, not passed on.
 */
public record CaCertificates(String pem) {
    /** The maximum length of the text. */
    public static final int MAX_LENGTH = 256 * 1024;

    private static final int NO_CA = -1;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \\1-----", Pattern.DOTALL);

    public CaCertificates {
        Objects.requireNonNull(pem, "pem");
    }

    /** The result of {@link #parse}. */
    public sealed interface Parsed {
        record Valid(CaCertificates certificates) implements Parsed {}

        /** The problem, without any part of the text. */
        record Refused(String problem) implements Parsed {}
    }

    /** Never throws. */
    public static Parsed parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Parsed.Refused("larger than " + MAX_LENGTH / 1024 + " KiB");
        }
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (!matcher.group(1).equals("CERTIFICATE")) {
                return new Parsed.Refused("contains a PEM block that is not a certificate");
            }
            blocks.add(matcher.group());
        }
        if (blocks.isEmpty()) {
            return new Parsed.Refused("contains no certificate in PEM (-----BEGIN CERTIFICATE-----)");
        }
        for (String block : blocks) {
            Optional<String> problem = problem(block);
            if (problem.isPresent()) {
                return new Parsed.Refused(problem.get());
            }
        }
        return new Parsed.Valid(new CaCertificates(String.join("\n", blocks) + "\n"));
    }

    private static Optional<String> problem(String block) {
        try {
            X509Certificate certificate = certificates(block).getFirst();
            boolean leaf =
                    certificate.getBasicConstraints() == NO_CA && certificate.getExtensionValue("2.5.29.19") != null;
            return leaf
                    ? Optional.of("contains a certificate that is not a CA certificate (CA:FALSE)")
                    : Optional.empty();
        } catch (CertificateException unreadable) {
            return Optional.of("contains a certificate that cannot be read");
        }
    }

    /** The parsed certificates. */
    public List<X509Certificate> certificates() {
        try {
            return certificates(pem);
        } catch (CertificateException e) {
            throw new IllegalStateException("not parsed before", e);
        }
    }

    private static List<X509Certificate> certificates(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    @Override
    public String toString() {
        return "CaCertificates[" + pem.length() + " characters]";
    }
}
