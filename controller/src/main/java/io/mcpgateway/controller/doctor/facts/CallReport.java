package io.mcpgateway.controller.doctor.facts;

import java.time.Instant;
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
 */
public record CallReport(String url, List<Step> steps, Optional<Certificate> certificate) {
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
    }

    /** Whether it opens the conversation. */
    public static boolean isFirst(Step step) {
        return step.name().equals(INITIALIZE) || step.name().equals(DISCOVER);
    }

    public Optional<Step> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }
}
