package io.mcpgateway.controller.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.reference.SessionStoreReference;
import io.mcpgateway.controller.conditions.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Secret with the URL of the store in which the broker's replicas share sessions. */
public final class SessionStoreSecret {
    private static final String ENTRY = BrokerLaunch.ENV_SESSION_STORE;

    private SessionStoreSecret() {}

    /** What is wrong with the Secret; nothing when none is named. */
    public static Optional<SecretProblem> problem(MCPGatewayExtension extension, Optional<Secret> found) {
        @Nullable SessionStoreReference reference = extension.getSpec().sessionStore();
        if (reference == null) {
            return Optional.empty();
        }
        String subject = "session store secret " + reference.secretName();
        LabelledSecret entry = new LabelledSecret(
                subject,
                extension.getMetadata().getNamespace(),
                reference.secretName(),
                ENTRY,
                "is missing required data entry \"%s\"; put the URL of the store there".formatted(ENTRY));
        return switch (entry.read(found)) {
            case LabelledSecret.Result.Unusable(SecretProblem problem) -> Optional.of(problem);
            case LabelledSecret.Result.Found(String url) ->
                url.isEmpty()
                        ? problem(
                                Reason.SECRET_INVALID,
                                "%s has empty \"%s\" value; put the URL of the store there".formatted(subject, ENTRY))
                        : Optional.empty();
        };
    }

    private static Optional<SecretProblem> problem(String reason, String message) {
        return Optional.of(new SecretProblem(reason, message));
    }
}
