package io.mcpgateway.controller.registration;

import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import java.util.Objects;

/** A registration with what was decided about it. */
public record PlannedRegistration(MCPServerRegistration registration, RegistrationPlan plan) {
    public PlannedRegistration {
        Objects.requireNonNull(registration, "registration");
        Objects.requireNonNull(plan, "plan");
    }

    public static PlannedRegistration of(RegistrationFacts facts) {
        return new PlannedRegistration(facts.registration(), RegistrationPlanner.plan(facts));
    }
}
