package io.mcpgateway.controller.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespacePolicyTest {
    private static final Map<String, String> LABELS = Map.of("team", "a", "tier", "gold");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                       | gw    | true",
                "                                       | other | false",
                "{}                                     | gw    | true",
                "{}                                     | other | false",
                "{namespaces: {}}                       | gw    | true",
                "{namespaces: {}}                       | other | false",
                "{namespaces: {from: Same}}             | gw    | true",
                "{namespaces: {from: Same}}             | other | false",
                "{namespaces: {from: All}}              | other | true",
                "{namespaces: {from: None}}             | gw    | false",
                "{namespaces: {from: Unheard}}          | gw    | false",
                "{namespaces: {from: Selector}}         | gw    | false",
            })
    void theWordSaysWhoMayAttach(String allowedRoutes, String namespace, boolean expected) {
        assertThat(NamespacePolicy.admits(listener(allowedRoutes), "gw", namespace, LABELS))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                | true",
                "{matchLabels: {team: a}}                                          | true",
                "{matchLabels: {team: b}}                                          | false",
                "{matchLabels: {team: a, tier: silver}}                            | false",
                "{matchLabels: {absent: a}}                                        | false",
                "{matchExpressions: [{key: tier, operator: In, values: [gold, x]}]}    | true",
                "{matchExpressions: [{key: tier, operator: In, values: [x]}]}          | false",
                "{matchExpressions: [{key: tier, operator: In}]}                       | false",
                "{matchExpressions: [{key: none, operator: In, values: [x]}]}          | false",
                "{matchExpressions: [{key: tier, operator: NotIn, values: [x]}]}       | true",
                "{matchExpressions: [{key: none, operator: NotIn, values: [x]}]}       | true",
                "{matchExpressions: [{key: tier, operator: NotIn, values: [gold]}]}    | false",
                "{matchExpressions: [{key: tier, operator: NotIn}]}                    | false",
                "{matchExpressions: [{key: tier, operator: Exists}]}                   | true",
                "{matchExpressions: [{key: none, operator: Exists}]}                   | false",
                "{matchExpressions: [{key: tier, operator: Exists, values: [gold]}]}   | false",
                "{matchExpressions: [{key: none, operator: DoesNotExist}]}             | true",
                "{matchExpressions: [{key: tier, operator: DoesNotExist}]}             | false",
                "{matchExpressions: [{key: tier, operator: Unheard}]}                  | false",
                "{matchLabels: {team: a}, matchExpressions: [{key: none, operator: Exists}]} | false",
            })
    void aSelectorAsksForEveryRequirement(String selector, boolean expected) {
        Listener listener = listener("{namespaces: {from: Selector, selector: " + selector + "}}");

        assertThat(NamespacePolicy.admits(listener, "gw", "other", LABELS)).isEqualTo(expected);
    }

    private static Listener listener(String allowedRoutes) {
        return ObjectYaml.read(
                Listener.class, "name: l\n" + (allowedRoutes == null ? "" : "allowedRoutes: " + allowedRoutes));
    }
}
