package io.mcpgateway.controller.extension;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.SessionStoreReference;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.registration.LabelledSecret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Secret with the URL of the store in which the broker's replicas share sessions. */
final class SessionStore {
    private static final String ENTRY = BrokerLaunch.ENV_SESSION_STORE;

    private SessionStore() {}

    /** What is wrong with the Secret; nothing when none is named. */
    static Optional<ExtensionPlan> problem(MCPGatewayExtension extension, Optional<Secret> found) {
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
            case LabelledSecret.Result.Unusable(String reason, String message) -> rejected(reason, message);
            case LabelledSecret.Result.Found(String url) ->
                url.isEmpty()
                        ? rejected(
                                Reason.SECRET_INVALID,
                                "%s has empty \"%s\" value; put the URL of the store there".formatted(subject, ENTRY))
                        : Optional.empty();
        };
    }

    private static Optional<ExtensionPlan> rejected(String reason, String message) {
        return Optional.of(new ExtensionPlan.Rejected(reason, message, Withdrawal.ENDPOINT));
    }
}
