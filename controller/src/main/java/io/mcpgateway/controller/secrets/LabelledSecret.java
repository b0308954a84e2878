package io.mcpgateway.controller.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.controller.conditions.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An entry of a Secret that an object of ours names. Only a labelled Secret is read: the label is its owner's consent.
 *
 * @param subject what messages call the Secret: its purpose and name
 * @param namespace where it must live
 * @param name of the Secret
 * @param key of the entry
 * @param whenMissing what to do about a missing entry
 */
public record LabelledSecret(String subject, String namespace, String name, String key, String whenMissing) {
    /** The entry, or why there is none. Only the text itself contains the secret. */
    public sealed interface Result {
        record Found(String text) implements Result {
            public Found {
                Objects.requireNonNull(text, "text");
            }

            @Override
            public String toString() {
                return "Found[***]";
            }
        }

        record Unusable(SecretProblem problem) implements Result {
            public Unusable {
                Objects.requireNonNull(problem, "problem");
            }
        }
    }

    public Result read(Optional<Secret> found) {
        if (found.isEmpty()) {
            return new Result.Unusable(new SecretProblem(
                    Reason.SECRET_NOT_FOUND,
                    "%s not found in namespace %s; create it with the label %s=true"
                            .formatted(subject, namespace, ObjectNames.LABEL_CREDENTIAL)));
        }
        Secret secret = found.get();
        if (!isLabelled(secret)) {
            return invalid("%s is missing required label %s=true; add it with: kubectl label secret %s -n %s %s=true"
                    .formatted(subject, ObjectNames.LABEL_CREDENTIAL, name, namespace, ObjectNames.LABEL_CREDENTIAL));
        }
        String encoded = secret.getData() == null ? null : secret.getData().get(key);
        if (encoded == null) {
            return invalid("%s %s".formatted(subject, whenMissing));
        }
        try {
            return new Result.Found(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip());
        } catch (IllegalArgumentException notBase64) {
            return invalid("%s, key %s: the value is not base64".formatted(subject, key));
        }
    }

    /** Whether its owner lets it be read. */
    public static boolean isLabelled(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels != null
                && ("true".equals(labels.get(ObjectNames.LABEL_CREDENTIAL))
                        || "true".equals(labels.get(ObjectNames.LABEL_CREDENTIAL_LATER)));
    }

    private static Result invalid(String message) {
        return new Result.Unusable(new SecretProblem(Reason.SECRET_INVALID, message));
    }
}
