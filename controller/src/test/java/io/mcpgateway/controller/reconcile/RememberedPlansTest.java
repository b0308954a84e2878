package io.mcpgateway.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.RegistrationFacts;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.registration.RegistrationPlanner;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RememberedPlansTest {
    private static final ObjectKey KEY = new ObjectKey("ns", "s");

    private final RememberedPlans plans = new RememberedPlans();

    @Test
    void thePlanOfEqualFactsIsTheSame() {
        RegistrationPlan plan = plans.of(facts("s", true));

        assertThat(plans.of(facts("s", true))).isSameAs(plan);
    }

    @Test
    void otherFactsMakeAnotherPlan() {
        RegistrationPlan unattached = plans.of(facts("s", true));
        RegistrationPlan withoutRoute = plans.of(facts("s", false));

        assertThat(unattached).isEqualTo(RegistrationPlanner.plan(facts("s", true)));
        assertThat(withoutRoute)
                .isEqualTo(RegistrationPlanner.plan(facts("s", false)))
                .isNotEqualTo(unattached);
        assertThat(plans.of(facts("s", true))).isEqualTo(unattached);
    }

    @Test
    void registrationsThatHaveGoneAreForgotten() {
        RegistrationPlan kept = plans.of(facts("s", true));
        RegistrationPlan gone = plans.of(facts("other", true));

        plans.retain(Set.of(KEY));

        assertThat(plans.of(facts("s", true))).isSameAs(kept);
        assertThat(plans.of(facts("other", true))).isEqualTo(gone).isNotSameAs(gone);
    }

    private static RegistrationFacts facts(String name, boolean route) {
        return new RegistrationFacts(
                ObjectYaml.read(
                        MCPServerRegistration.class,
                        "metadata: {name: %s, namespace: ns}\nspec: {targetRef: {name: r}}".formatted(name)),
                route
                        ? Optional.of(ObjectYaml.read(
                                HTTPRoute.class,
                                "metadata: {name: r, namespace: ns}\nspec: {hostnames: [s.mcp.local]}"))
                        : Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of());
    }
}
