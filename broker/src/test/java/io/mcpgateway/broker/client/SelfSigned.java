package io.mcpgateway.broker.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.mcpgateway.api.contract.CaCertificates;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;

/**
 * A certificate that is its own authority, made once per folder and name.
 *
 * @param names as keytool takes them: {@code dns:localhost,ip:127.0.0.1}
 */
public record SelfSigned(Path folder, String names) {
    private static final String PASSWORD = "changeit";

    /** A server that shows it, with everything below a path handled so. */
    public HttpsServer serve(String path, HttpHandler handler) throws Exception {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        https.createContext(path, handler);
        https.start();
        return https;
    }

    /** What a client has to trust. */
    public CaCertificates authority() throws Exception {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys().getCertificate("server").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        assertThat(CaCertificates.parse(pem)).isInstanceOf(CaCertificates.Parsed.Valid.class);
        return ((CaCertificates.Parsed.Valid) CaCertificates.parse(pem)).certificates();
    }

    /** The server names that the client's TLS asked for. */
    public static List<String> askedNames(HttpExchange exchange) {
        ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
        return session.getRequestedServerNames().stream()
                .map(name -> ((SNIHostName) name).getAsciiName())
                .toList();
    }

    private KeyStore keys() throws Exception {
        Path path = folder.resolve(names.replaceAll("[^a-z0-9]", "-") + ".p12");
        if (!Files.exists(path)) {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(List.of("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=test"));
            command.addAll(List.of("-ext", "san=" + names, "-ext", "bc:c=ca:true", "-storetype", "PKCS12"));
            command.addAll(List.of("-keystore", path.toString(), "-storepass", PASSWORD));
            Process keytool = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0)
                    .isTrue();
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(path)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }
}
