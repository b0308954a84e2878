package io.mcpgateway.controller.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.TrustedHeadersKey;
import io.mcpgateway.controller.conditions.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Secret with the public key of trusted headers, when its owner brings it. */
public final class TrustedHeadersSecret {
    private TrustedHeadersSecret() {}

    /** The problem of the Secret; empty if the controller generates it, or none is required. */
    public static Optional<SecretProblem> problem(MCPGatewayExtension extension, Optional<Secret> found) {
        @Nullable TrustedHeadersKey key = extension.getSpec().trustedHeadersKey();
        if (key == null || key.generate() == EnabledState.ENABLED) {
            return Optional.empty();
        }
        if (found.isEmpty()) {
            return problem(
                    Reason.SECRET_NOT_FOUND,
                    "secret %s not found in namespace %s; create it with the public key (PEM) in data entry \"%s\", or set "
                                    .formatted(
                                            key.secretName(),
                                            extension.getMetadata().getNamespace(),
                                            ObjectNames.KEY)
                            + "spec.trustedHeadersKey.generate to Enabled");
        }
        var data = found.get().getData();
        if (data == null || data.isEmpty()) {
            return problem(Reason.SECRET_INVALID, "secret %s has no data".formatted(key.secretName()));
        }
        return data.containsKey(ObjectNames.KEY)
                ? Optional.empty()
                : problem(
                        Reason.SECRET_INVALID,
                        "secret %s is missing required data entry \"%s\"".formatted(key.secretName(), ObjectNames.KEY));
    }

    private static Optional<SecretProblem> problem(String reason, String message) {
        return Optional.of(new SecretProblem(reason, message));
    }
}
