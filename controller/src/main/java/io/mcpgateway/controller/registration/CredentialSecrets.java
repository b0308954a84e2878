package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.CredentialReference;
import io.mcpgateway.controller.conditions.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the credential out of the Secret that a registration names. No outcome but the value itself holds it. */
final class CredentialSecrets {
    /** Whether there is a credential to send. */
    sealed interface Result {
        /** Empty when the registration names none, or the entry has no text. */
        record Usable(Optional<Credential> credential) implements Result {
            public Usable {
                Objects.requireNonNull(credential, "credential");
            }
        }

        record Unusable(String reason, String message) implements Result {
            public Unusable {
                Objects.requireNonNull(reason, "reason");
                Objects.requireNonNull(message, "message");
            }
        }
    }

    private CredentialSecrets() {}

    /**
     * The credential that the reference names.
     *
     * @param namespace of the registration, where the Secret must live
     */
    static Result read(@Nullable CredentialReference reference, Optional<Secret> found, String namespace) {
        if (reference == null) {
            return new Result.Usable(Optional.empty());
        }
        String subject = "credential secret " + reference.name();
        if (found.isEmpty()) {
            return new Result.Unusable(
                    Reason.SECRET_NOT_FOUND,
                    "%s not found in namespace %s; create it with the label %s=true"
                            .formatted(subject, namespace, ObjectNames.LABEL_CREDENTIAL));
        }
        Secret secret = found.get();
        if (!isLabelled(secret)) {
            return invalid("%s is missing required label %s=true; add it with: kubectl label secret %s -n %s %s=true"
                    .formatted(
                            subject,
                            ObjectNames.LABEL_CREDENTIAL,
                            reference.name(),
                            namespace,
                            ObjectNames.LABEL_CREDENTIAL));
        }
        String encoded = secret.getData() == null ? null : secret.getData().get(reference.key());
        if (encoded == null) {
            return invalid("%s is missing key %s; add it, or name another one in spec.credentialRef.key"
                    .formatted(subject, reference.key()));
        }
        return decoded(encoded, "%s, key %s".formatted(subject, reference.key()));
    }

    /** The broker refuses a whole document for a value that is no header value, so one is stopped here. */
    private static Result decoded(String encoded, String subject) {
        String value;
        try {
            value = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException notBase64) {
            return invalid("%s: the value is not base64".formatted(subject));
        }
        if (value.chars().anyMatch(character -> character < ' ' || character > '~')) {
            return invalid("%s: the value must be one line of printable ASCII, the whole Authorization header value"
                    .formatted(subject));
        }
        return new Result.Usable(value.isEmpty() ? Optional.empty() : Optional.of(new Credential(value)));
    }

    private static boolean isLabelled(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels != null
                && ("true".equals(labels.get(ObjectNames.LABEL_CREDENTIAL))
                        || "true".equals(labels.get(ObjectNames.LABEL_CREDENTIAL_LATER)));
    }

    private static Result invalid(String message) {
        return new Result.Unusable(Reason.SECRET_INVALID, message);
    }
}
