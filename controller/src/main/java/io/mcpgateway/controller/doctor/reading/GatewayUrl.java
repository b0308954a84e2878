package io.mcpgateway.controller.doctor.reading;

import java.util.Objects;
import java.util.Optional;

/**
 * Where the gateway is called, as clients call it. A token only goes there, because only there the certificate is checked.
 *
 * @param token of the caller, without its scheme
 */
public record GatewayUrl(String url, Optional<String> token) {
    public GatewayUrl {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(token, "token");
    }

    /** Without the token. */
    @Override
    public String toString() {
        return url;
    }
}
