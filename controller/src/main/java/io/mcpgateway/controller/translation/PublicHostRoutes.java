package io.mcpgateway.controller.translation;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.gatewayapi.HostContest;
import io.mcpgateway.controller.gatewayapi.HostRival;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteBackend;
import io.mcpgateway.controller.gatewayapi.Seniority;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which routes take requests of clients away from the broker, on the public host. */
final class PublicHostRoutes {
    private PublicHostRoutes() {}

    /**
     * The routes that do, sorted. Nothing while no route leads to the broker.
     *
     * @param claimants all routes that may claim the public host
     * @param publicPaths what leads to the broker
     * @param ownPaths the paths of virtual servers and servers, below {@code /mcp}
     */
    static List<ObjectKey> takers(
            ObjectKey extension,
            ExtensionPlan.Proceed plan,
            Gateway gateway,
            List<HostRival> claimants,
            List<String> publicPaths,
            List<String> ownPaths,
            Collection<ReferenceGrant> grants) {
        RouteBackend broker =
                RouteBackend.service(new ObjectKey(extension.namespace(), ObjectNames.BROKER), BrokerLaunch.HTTP_PORT);
        Optional<HostRival> own = claimants.stream()
                .filter(claimant -> leadsTo(claimant, broker))
                .min(Comparator.comparing(HostRival::route, Seniority.OLDEST_THEN_NAME));
        return own.stream()
                .flatMap(route -> Stream.concat(publicPaths.stream(), ownPaths.stream())
                        .filter(path -> HostContest.takesEveryCall(route.route(), path))
                        .map(path -> HostContest.of(
                                route,
                                new HostContest.Calls(gateway, plan.port(), plan.publicHost(), path),
                                claimants,
                                grants)))
                .flatMap(contest -> claimants.stream()
                        .filter(claimant -> !leadsTo(claimant, broker))
                        .filter(claimant -> isTaker(contest.standing(claimant))))
                .map(HostRival::key)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean leadsTo(HostRival claimant, RouteBackend broker) {
        return RouteBackend.first(claimant.route()).filter(broker::equals).isPresent();
    }

    private static boolean isTaker(HostContest.Standing standing) {
        return switch (standing) {
            case APART, COVERS, SHARES -> false;
            case TAKES_BY_AGE, TAKES_BY_MATCH -> true;
        };
    }
}
