package io.mcpgateway.controller.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.v1alpha1.reference.CredentialReference;
import io.mcpgateway.controller.conditions.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the credential out of the Secret that a registration names. No outcome but the value itself holds it. */
public final class CredentialSecrets {
    private CredentialSecrets() {}

    /**
     * The credential that the reference names.
     *
     * @param namespace of the registration, where the Secret must live
     */
    public static SecretContent<Credential> read(
            @Nullable CredentialReference reference, Optional<Secret> found, String namespace) {
        if (reference == null) {
            return new SecretContent.Usable<>(Optional.empty());
        }
        String subject = "credential secret " + reference.name();
        LabelledSecret entry = new LabelledSecret(
                subject,
                namespace,
                reference.name(),
                reference.key(),
                "is missing key %s; add it, or name another one in spec.credentialRef.key".formatted(reference.key()));
        return switch (entry.read(found)) {
            case LabelledSecret.Result.Unusable(SecretProblem problem) -> new SecretContent.Unusable<>(problem);
            case LabelledSecret.Result.Found(String value) ->
                headerValue(value, "%s, key %s".formatted(subject, reference.key()));
        };
    }

    /** The broker refuses a document with a value that is not a header value, so such a value is refused here. */
    private static SecretContent<Credential> headerValue(String value, String subject) {
        if (value.chars().anyMatch(character -> character < ' ' || character > '~')) {
            return new SecretContent.Unusable<>(new SecretProblem(
                    Reason.SECRET_INVALID,
                    "%s: the value must be one line of printable ASCII, the whole Authorization header value"
                            .formatted(subject)));
        }
        return new SecretContent.Usable<>(value.isEmpty() ? Optional.empty() : Optional.of(new Credential(value)));
    }
}
