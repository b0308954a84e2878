package io.mcpgateway.controller.registration;

import io.mcpgateway.controller.extension.KnownBadPlannerHelper;

/** The other half of a cycle that the architecture test must see. */
public final class KnownBadRegistration {
    private final KnownBadPlannerHelper planner;

    public KnownBadRegistration(KnownBadPlannerHelper planner) {
        this.planner = planner;
    }

    public String touch() {
        return planner.last().toString();
    }
}
