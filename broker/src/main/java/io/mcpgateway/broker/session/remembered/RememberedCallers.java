package io.mcpgateway.broker.session.remembered;

import io.mcpgateway.broker.session.CallerBinding;
import java.util.List;
import java.util.Optional;

/**
 * Whom a credential belongs to, without reading a long token and hashing what it says for every request. A binding
 * follows from the text alone. Anybody can send anything as a credential, so what is used once has to give way to what
 * is used often.
 */
public final class RememberedCallers {
    /** Of some 3,000 tokens of 1,000 characters. */
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private static final int BYTES_BESIDE = 256;

    private final SecretTexts<CallerBinding> known = new SecretTexts<>(MAX_BYTES, BYTES_BESIDE);

    /** The same as {@link CallerBinding#of}. */
    public CallerBinding of(List<String> authorization) {
        if (authorization.size() != 1) {
            return CallerBinding.of(authorization);
        }
        String credential = authorization.getFirst();
        Optional<CallerBinding> before = known.find(credential);
        if (before.isPresent()) {
            return before.get();
        }
        CallerBinding binding = CallerBinding.of(authorization);
        known.keep(credential, binding);
        return binding;
    }
}
