package io.mcpgateway.controller.doctor.access;

import io.mcpgateway.controller.doctor.facts.CallReport;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes any certificate and remembers it, to be judged afterwards. Only for connections through a tunnel to a Pod of the
 * cluster, over which no credential goes.
 */
public final class AnyCertificate extends X509ExtendedTrustManager {
    private static final int DNS_NAME = 2;

    private final AtomicReference<X509Certificate> seen = new AtomicReference<>();

    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has TLS", impossible);
        }
    }

    public Optional<CallReport.Certificate> certificate() {
        return Optional.ofNullable(seen.get())
                .map(certificate -> new CallReport.Certificate(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant(),
                        names(certificate)));
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            return Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.<List<?>>of()).stream()
                    .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    private void remember(X509Certificate[] chain) {
        if (chain.length > 0) {
            seen.set(chain[0]);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        remember(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        remember(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        remember(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        throw new IllegalStateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        throw new IllegalStateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
        throw new IllegalStateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
