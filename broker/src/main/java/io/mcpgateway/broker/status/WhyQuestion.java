package io.mcpgateway.broker.status;

import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizationClaims;
import io.mcpgateway.broker.authorization.AuthorizationClaims.Statement;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The question of {@code /status/why?name=<name>}. Pure. */
sealed interface WhyQuestion {
    /**
     * Why something is served or not.
     *
     * @param virtualServer through which it is looked at
     * @param url at which it is looked at, instead
     * @param allowed to the caller
     */
    record About(String name, Optional<String> virtualServer, Optional<String> url, Authorization allowed)
            implements WhyQuestion {
        public About {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(virtualServer, "virtualServer");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(allowed, "allowed");
        }
    }

    /** Not a question. */
    record Bad(String problem) implements WhyQuestion {
        public Bad {
            Objects.requireNonNull(problem, "problem");
        }
    }

    /** Other parameters are ignored. */
    static WhyQuestion parse(Optional<String> rawQuery, Optional<String> claims) {
        Map<String, String> parameters;
        try {
            parameters = parameters(rawQuery);
        } catch (IllegalArgumentException badEscape) {
            return new Bad("the query has a bad escape: " + badEscape.getMessage());
        }
        String name = parameters.getOrDefault(Explanation.NAME_PARAMETER, "");
        Optional<String> virtualServer = Optional.ofNullable(parameters.get(Explanation.VIRTUAL_SERVER_PARAMETER));
        Optional<String> url = Optional.ofNullable(parameters.get(Explanation.URL_PARAMETER));
        if (name.isEmpty()) {
            return new Bad("name is missing: /status/why?name=<tool, prompt, resource, server, virtual server or URL>");
        }
        if (virtualServer.isPresent() && url.isPresent()) {
            return new Bad("virtualServer and url exclude each other");
        }
        Optional<Authorization> allowed =
                claims.map(WhyQuestion::allowed).orElse(Optional.of(Authorization.EVERYTHING));
        return allowed.<WhyQuestion>map(known -> new About(name, virtualServer, url, known))
                .orElseGet(() -> new Bad("the claims are not base64url of a JSON object with a valid "
                        + AuthorizationClaims.ALLOWED_TOOLS + " or " + AuthorizationClaims.ALLOWED_CAPABILITIES));
    }

    /**
     * The parameters of a query; of one that is given twice the last.
     *
     * @throws IllegalArgumentException if an escape is bad
     */
    static Map<String, String> parameters(Optional<String> rawQuery) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : rawQuery.orElse("").split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    /** As both headers together would: both have to allow. */
    private static Optional<Authorization> allowed(String claims) {
        byte[] payload;
        try {
            payload = Base64.getUrlDecoder().decode(claims);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        Optional<Statement> tools = statement(AuthorizationClaims.readTools(payload));
        Optional<Statement> all = statement(AuthorizationClaims.readCapabilities(payload));
        if (tools.isEmpty() && all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Authorization(
                both(tools, all, Statement::tools),
                both(Optional.empty(), all, Statement::prompts),
                both(Optional.empty(), all, Statement::resources)));
    }

    private static AuthorizedNames both(
            Optional<Statement> one,
            Optional<Statement> other,
            Function<Statement, Optional<AuthorizedNames.Only>> sort) {
        AuthorizedNames allowed = new AuthorizedNames.Everything();
        for (Optional<Statement> statement : List.of(one, other)) {
            Optional<AuthorizedNames.Only> said = statement.flatMap(sort);
            allowed = said.isPresent() ? allowed.and(said.get()) : allowed;
        }
        return allowed;
    }

    private static Optional<Statement> statement(AuthorizationClaims.Reading reading) {
        return reading instanceof AuthorizationClaims.Reading.Claims(AuthorizationClaims claims)
                ? Optional.of(claims.says())
                : Optional.empty();
    }
}
