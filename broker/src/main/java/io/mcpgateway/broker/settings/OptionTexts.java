package io.mcpgateway.broker.settings;

import io.mcpgateway.broker.authorization.trusted.PublicKeyPem;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.session.SigningKey;
import io.mcpgateway.broker.session.redis.RedisUrl;
import io.mcpgateway.broker.settings.Setting.Outcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;

/** How the text of a setting is read where {@link Setting.Draft} has nothing that fits: one function for each type. */
final class OptionTexts {
    /** What an address must; continues with the text that is not one. */
    static final String ADDRESS = "look like 127.0.0.1:8080";

    private OptionTexts() {}

    static Outcome<Optional<String>> hostName(String text) {
        if (text.isEmpty()) {
            return new Outcome.Value<>(Optional.empty());
        }
        return text.contains("/") || text.chars().anyMatch(character -> character <= ' ' || character > '~')
                ? Outcome.refused("must be a host name, not a url: '" + text + "'")
                : new Outcome.Value<>(Optional.of(text));
    }

    static Outcome<Optional<Address>> addressOrNone(String text) {
        return text.equals("none")
                ? new Outcome.Value<>(Optional.empty())
                : Setting.Draft.read(Address::parse, ADDRESS, text, Optional::of);
    }

    static Outcome<Optional<URI>> listenerUrl(String text) {
        try {
            URI url = new URI(text.contains("://") ? text : "http://" + text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null) {
                return new Outcome.Value<>(
                        Optional.of(new URI(url.getScheme(), null, url.getHost(), url.getPort(), null, null, null)));
            }
        } catch (URISyntaxException notAnUrl) {
            // refused below
        }
        return Outcome.refused("must look like host:port or https://host:port");
    }

    static Outcome<Optional<RedisUrl>> redisUrl(String text) {
        return switch (RedisUrl.parse(text)) {
            case RedisUrl.Parsed.Valid(RedisUrl url) -> new Outcome.Value<>(Optional.of(url));
            case RedisUrl.Parsed.Refused(String problem) -> Outcome.refused(problem);
        };
    }

    static Outcome<List<String>> origins(String text) {
        List<String> origins = Setting.Draft.split(text);
        List<String> problems = origins.stream()
                .filter(origin -> !OriginRule.isEntry(origin))
                .map(origin -> "must list origins like https://app.example.com:8443, or *, not '" + origin + "'")
                .toList();
        return problems.isEmpty() ? new Outcome.Value<>(origins) : new Outcome.Refused<>(problems);
    }

    static Outcome<Optional<SigningKey>> signingKey(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length < SigningKey.MINIMUM_BYTES
                ? Outcome.refused("must have at least " + SigningKey.MINIMUM_BYTES
                        + " bytes; make one with: openssl rand -hex 32")
                : new Outcome.Value<>(Optional.of(SigningKey.of(bytes)));
    }

    static Outcome<Optional<ECPublicKey>> publicKey(String text) {
        Optional<ECPublicKey> key = PublicKeyPem.parse(text);
        return key.isPresent()
                ? new Outcome.Value<>(key)
                : Outcome.refused("must be one EC public key of the curve P-256 in PEM,"
                        + " starting with -----BEGIN PUBLIC KEY-----");
    }
}
