package io.mcpgateway.broker.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The name that TLS asks a server for, and that its certificate must be valid for: the host of the url, unless there is
 * another one for all servers.
 */
record AskedName(SSLContext trust, Optional<String> instead) implements TlsSocketStrategy {
    @Override
    public SSLSocket upgrade(
            Socket socket, String host, int port, @Nullable Object attachment, @Nullable HttpContext context)
            throws IOException {
        String name = instead.orElse(host);
        try {
            return new Asking(trust, name).upgrade(socket, name, port, attachment, context);
        } catch (SocketException ended) {
            throw new IOException("the server closed the connection before TLS was there", ended);
        }
    }

    /** Asks by itself, because Java does not for a name without a dot, as Services have in their own namespace. */
    private static final class Asking extends DefaultClientTlsStrategy {
        private final String name;

        Asking(SSLContext trust, String name) {
            super(trust, HostnameVerificationPolicy.BUILTIN, null);
            this.name = name;
        }

        @Override
        protected void initializeSocket(SSLSocket socket) {
            if (!isAddress(name)) {
                SSLParameters parameters = socket.getSSLParameters();
                try {
                    parameters.setServerNames(List.of(new SNIHostName(name)));
                } catch (IllegalArgumentException unusual) {
                    return; // With a dot at the end, for example. Then Java decides what to ask for.
                }
                socket.setSSLParameters(parameters);
            }
        }

        private static boolean isAddress(String name) {
            try {
                InetAddress.ofLiteral(name);
                return true;
            } catch (IllegalArgumentException aName) {
                return false;
            }
        }
    }
}
