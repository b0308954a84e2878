package io.mcpgateway.broker.config;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which Secret holds the configuration. */
public record SecretName(String namespace, String name) {
    /** Kubernetes' rule for names (RFC 1123); a slash or a dot-dot would lead to another object of the API. */
    private static final Pattern TEXT =
            Pattern.compile("([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)/([a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)");

    public SecretName {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
    }

    /** Empty if the text is not of the form {@code namespace/name}. */
    public static Optional<SecretName> parse(String text) {
        var matcher = TEXT.matcher(text);
        return matcher.matches() ? Optional.of(new SecretName(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
