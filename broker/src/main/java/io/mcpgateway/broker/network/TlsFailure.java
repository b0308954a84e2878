package io.mcpgateway.broker.network;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why TLS failed, judging by the classes of the exceptions, and how to fix it. */
public final class TlsFailure {
    private static final String FAILED = "TLS handshake failed: ";
    private static final int MAX_CAUSES = 10;

    private TlsFailure() {}

    public static String of(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        @Nullable Throwable cause = thrown;
        while (cause != null && causes.size() < MAX_CAUSES) {
            causes.add(cause);
            cause = cause.getCause();
        }
        if (any(causes, CertificateExpiredException.class) || any(causes, CertificateNotYetValidException.class)) {
            return FAILED + "the server's certificate is not valid at this time; renew it";
        }
        if (any(causes, CertPathBuilderException.class) || any(causes, CertPathValidatorException.class)) {
            return FAILED
                    + "the server's certificate is from a CA that the gateway does not trust; add that CA to"
                    + " spec.caCertSecretRef of the registration, or in spec.caCertBundleRef of the extension (caCert"
                    + " in config.yaml)";
        }
        // The JDK has no separate class for a certificate with another name.
        if (exactly(causes, CertificateException.class)) {
            return FAILED
                    + "the server's certificate is not valid for the host name of its url; use a name that the"
                    + " certificate has";
        }
        // What is no TLS message at all is the plain class; failed handshakes have a class of their own.
        if (exactly(causes, SSLException.class)) {
            return FAILED + "the server does not speak TLS; is it plain HTTP on that port?";
        }
        return "TLS handshake failed";
    }

    private static boolean any(List<Throwable> causes, Class<?> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    private static boolean exactly(List<Throwable> causes, Class<?> type) {
        return causes.stream().anyMatch(cause -> cause.getClass().equals(type));
    }
}
