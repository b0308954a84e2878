package io.mcpgateway.controller.doctor.access;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.controller.doctor.checks.Entrances;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/**
 * The way to the listener of a Gateway in one of its Pods, with the host that clients use. Any certificate is taken, so no
 * credential may go over it.
 */
public record GatewayTunnel(PodTunnel tunnel, Entrances.Entrance entrance, ObjectKey pod) {
    /** Works with the listener, which is at an address of this machine. */
    public interface Use<T> {
        T at(HttpClient client, URI address) throws IOException, InterruptedException;
    }

    public GatewayTunnel {
        Objects.requireNonNull(tunnel, "tunnel");
        Objects.requireNonNull(entrance, "entrance");
        Objects.requireNonNull(pod, "pod");
    }

    /** Where clients find it. */
    public String url() {
        return "%s://%s:%d%s".formatted(scheme(), entrance.publicHost(), entrance.port(), BrokerLaunch.MCP_PATH);
    }

    /**
     * What the use returns, or why the Pod was not reached.
     *
     * @param port of the listener in the Pod
     * @param trust remembers the certificate
     */
    public <T> Part<T> use(int port, AnyCertificate trust, Use<T> use) throws InterruptedException {
        HttpClient.Builder builder = PlainHttp.client();
        if (entrance.tls()) {
            SSLParameters name = new SSLParameters();
            name.setServerNames(List.of(new SNIHostName(entrance.publicHost())));
            builder.sslContext(trust.context()).sslParameters(name);
        }
        try (HttpClient client = builder.build()) {
            return tunnel.to(
                    pod,
                    port,
                    "a call to " + url(),
                    local -> use.at(
                            client,
                            URI.create("%s://127.0.0.1:%d%s".formatted(scheme(), local, BrokerLaunch.MCP_PATH))));
        }
    }

    private String scheme() {
        return entrance.tls() ? "https" : "http";
    }
}
