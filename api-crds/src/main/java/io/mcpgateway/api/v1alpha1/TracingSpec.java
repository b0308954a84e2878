package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the broker sends OpenTelemetry traces, and how many. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TracingSpec(
        @Required
        @JsonPropertyDescription("URL at which a collector takes OTLP over HTTP, such as"
                + " http://otel-collector.observability:4318; /v1/traces is appended.")
        @Size(min = 1, max = 1024)
        @Pattern(ENDPOINT)
        @ValidationRule(
                value = "self.matches('" + ENDPOINT + "')",
                message = "endpoint must be an http:// or https:// URL without a user, a query and a fragment")
        String endpoint,

        @JsonPropertyDescription("How many of the traces that begin at the gateway are sent, in percent. Traces that"
                + " began elsewhere are sent if they are sampled there. Default: 100.")
        @Min(0)
        @Max(100)
        @Nullable
        Integer samplingPercentage) {
    // Also part of a CEL expression, where a backslash would have to be escaped once more.
    private static final String ENDPOINT = "^https?://[^/@?# ]+(/[^@?# ]*)?$";

    public TracingSpec {
        endpoint = Objects.requireNonNullElse(endpoint, "");
    }
}
