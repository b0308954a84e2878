package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One match of an HTTPRoute's rule with its defaults filled in. Headers and query parameters of a call are not known
 * in advance, and gateways differ in details, so a match has calls that it certainly takes and calls that it may take.
 *
 * @param path empty for a pattern, which is not evaluated
 * @param method empty for every method
 * @param conditional whether it also asks for headers or query parameters
 */
record RouteMatch(PathKind kind, String path, String method, boolean conditional) {
    /** In the order of precedence. Gateways are free in where they put patterns. */
    enum PathKind {
        PREFIX,
        EXACT,
        PATTERN
    }

    RouteMatch {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(method, "method");
    }

    /** The matches of a rule; one without any takes everything. */
    static List<RouteMatch> of(HTTPRouteRule rule) {
        return rule.getMatches() == null || rule.getMatches().isEmpty()
                ? List.of(new RouteMatch(PathKind.PREFIX, "/", "", false))
                : rule.getMatches().stream().map(RouteMatch::of).toList();
    }

    private static RouteMatch of(HTTPRouteMatch match) {
        HTTPPathMatch path = match.getPath();
        String type = path == null || path.getType() == null ? "PathPrefix" : path.getType();
        String value = path == null || path.getValue() == null ? "/" : path.getValue();
        boolean conditional = isNotEmpty(match.getHeaders()) || isNotEmpty(match.getQueryParams());
        String method = match.getMethod() == null ? "" : match.getMethod();
        return switch (type) {
            case "PathPrefix" -> new RouteMatch(PathKind.PREFIX, value, method, conditional);
            case "Exact" -> new RouteMatch(PathKind.EXACT, value, method, conditional);
            default -> new RouteMatch(PathKind.PATTERN, "", method, conditional);
        };
    }

    /** Whether it takes each call to the path with the method, whatever its headers and query are. */
    boolean takesEvery(String callPath, String callMethod) {
        return !conditional
                && isFor(callMethod)
                && switch (kind) {
                    case EXACT -> path.equals(callPath);
                    case PREFIX -> callPath.equals(bare(path)) || callPath.startsWith(bare(path) + "/");
                    case PATTERN -> false;
                };
    }

    /** Whether it takes some call to the path with the method. */
    boolean mayTake(String callPath, String callMethod) {
        return isFor(callMethod)
                && switch (kind) {
                    case EXACT -> path.equals(callPath);
                    case PREFIX -> callPath.startsWith(bare(path));
                    case PATTERN -> true;
                };
    }

    /**
     * Whether a gateway may try it before another match without headers and query parameters.
     *
     * @param older whether it is first among equals
     */
    boolean mayPrecede(RouteMatch other, boolean older) {
        if (kind == PathKind.PATTERN || other.kind == PathKind.PATTERN) {
            return true;
        }
        if (kind != other.kind) {
            return kind == PathKind.EXACT;
        }
        int closer = Integer.compare(path.length(), Math.max(1, bare(other.path).length()));
        return closer > 0 || (closer == 0 && (conditional || !method.isEmpty() || older));
    }

    private boolean isFor(String callMethod) {
        return method.isEmpty() || method.equalsIgnoreCase(callMethod);
    }

    private static String bare(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    private static boolean isNotEmpty(@Nullable Collection<?> list) {
        return list != null && !list.isEmpty();
    }
}
