package io.mcpgateway.controller.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.api.contract.CaCertificates;
import io.mcpgateway.api.v1alpha1.reference.CaCertificateReference;
import io.mcpgateway.controller.conditions.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes certificates of authorities out of the Secret that an object of ours names. */
public final class CaSecrets {
    private CaSecrets() {}

    /**
     * The certificates that the reference names.
     *
     * @param namespace of the object, where the Secret must live
     * @param field that holds the reference, for messages
     */
    public static SecretContent<CaCertificates> read(
            @Nullable CaCertificateReference reference, Optional<Secret> found, String namespace, String field) {
        if (reference == null) {
            return new SecretContent.Usable<>(Optional.empty());
        }
        String subject = "CA certificate secret " + reference.name();
        LabelledSecret entry = new LabelledSecret(
                subject,
                namespace,
                reference.name(),
                reference.key(),
                "is missing key %s; add it, or name another one in %s.key".formatted(reference.key(), field));
        return switch (entry.read(found)) {
            case LabelledSecret.Result.Unusable(SecretProblem problem) -> new SecretContent.Unusable<>(problem);
            case LabelledSecret.Result.Found(String pem) ->
                switch (CaCertificates.parse(pem)) {
                    case CaCertificates.Parsed.Valid(CaCertificates certificates) ->
                        new SecretContent.Usable<>(Optional.of(certificates));
                    case CaCertificates.Parsed.Refused(String problem) ->
                        new SecretContent.Unusable<>(new SecretProblem(
                                Reason.SECRET_INVALID,
                                "%s, key %s: %s; it must contain CA certificates in PEM"
                                        .formatted(subject, reference.key(), problem)));
                };
        };
    }
}
