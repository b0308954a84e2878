package io.mcpgateway.controller.doctor.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A real client's first minute at the gateway.
 *
 * @param url that was used
 * @param steps in their order, up to the first that failed
 * @param certificate that the gateway showed, with HTTPS
 * @param token that the client sent, if it sent one
 */
public record CallReport(String url, List<Step> steps, Optional<Certificate> certificate, Optional<Token> token) {
    /**
     * A request and its answer.
     *
     * @param name the MCP method, or what it asks for
     * @param status 0 if there was no answer
     * @param headers of the answer, names in lower case
     * @param body its beginning
     * @param problem why there was no answer
     */
    public record Step(String name, int status, Map<String, String> headers, String body, Optional<String> problem) {
        public Step {
            Objects.requireNonNull(name, "name");
            headers = Map.copyOf(headers);
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(problem, "problem");
        }

        public static Step failed(String name, String problem) {
            return new Step(name, 0, Map.of(), "", Optional.of(problem));
        }
    }

    /**
     * The gateway's certificate.
     *
     * @param names for which it is valid, perhaps with wildcards
     */
    public record Certificate(Instant notBefore, Instant notAfter, List<String> names) {
        public Certificate {
            Objects.requireNonNull(notBefore, "notBefore");
            Objects.requireNonNull(notAfter, "notAfter");
            names = List.copyOf(names);
        }
    }

    /**
     * What a token says of itself, unverified; texts are empty if it does not say it, or is no JWT.
     *
     * @param issuer who issued it
     * @param audience for whom
     * @param expires when, and whether it has
     */
    public record Token(String issuer, String audience, String expires) {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final int PARTS = 3;

        /** The end of the year 9999. */
        private static final long LATEST = 253_402_300_799L;

        public Token {
            Objects.requireNonNull(issuer, "issuer");
            Objects.requireNonNull(audience, "audience");
            Objects.requireNonNull(expires, "expires");
        }

        /** What this token says now. */
        public static Token of(String token, Instant now) {
            String[] parts = token.split("\\.", -1);
            if (parts.length != PARTS) {
                return new Token("", "", "");
            }
            try {
                JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
                JsonNode audience = claims.path("aud");
                return new Token(
                        claims.path("iss").asText(),
                        audience.isArray() ? audience.toString() : audience.asText(),
                        expires(claims.path("exp"), now));
            } catch (IllegalArgumentException | IOException notJwt) {
                return new Token("", "", "");
            }
        }

        private static String expires(JsonNode exp, Instant now) {
            if (!exp.isNumber()) {
                return "";
            }
            Instant end = Instant.ofEpochSecond(Math.clamp(exp.asLong(), 0L, LATEST));
            return (end.isBefore(now) ? "expired at " : "expires at ") + end;
        }
    }

    /** Steps of a call, by {@link Step#name}. */
    public static final String METADATA = "OAuth metadata";

    public static final String INITIALIZE = "initialize";
    /** What takes the place of initialize since MCP 2026-07-28. */
    public static final String DISCOVER = "server/discover";

    public static final String LIST = "tools/list";
    public static final String PING = "ping";

    public CallReport {
        Objects.requireNonNull(url, "url");
        steps = List.copyOf(steps);
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(token, "token");
    }

    /** Without a token. */
    public CallReport(String url, List<Step> steps, Optional<Certificate> certificate) {
        this(url, steps, certificate, Optional.empty());
    }

    /** Whether it opens the conversation. */
    public static boolean isFirst(Step step) {
        return step.name().equals(INITIALIZE) || step.name().equals(DISCOVER);
    }

    public Optional<Step> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }
}
