package io.mcpgateway.broker.authorization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpgateway.broker.catalog.AuthorizationClaims;
import io.mcpgateway.broker.catalog.AuthorizedTools;
import io.mcpgateway.broker.mcp.McpHeaders;
import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.settings.AuthorizationSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request is authorised for: the JWTs in {@code x-authorized-tools} and {@code x-mcp-authorized}, put there by
 * the authorization layer in front (for example an AuthPolicy). Every fault of such a header means that it allows
 * nothing; if both are there, both must allow. Thread-safe, never blocks.
 *
 * <p>The router sees a header only if it is set before the external processor runs. Where the authorization layer comes
 * later, lists are still filtered here, and it has to enforce calls itself.
 */
public final class TrustedHeaders {
    /** A token takes about four times its characters, with what was read from it. */
    private static final int BYTES_PER_CHARACTER = 4;

    private static final long MAX_REMEMBERED_BYTES = 32L * 1024 * 1024;
    private static final Logger log = LoggerFactory.getLogger(TrustedHeaders.class);

    /** The two headers: which one it is says how its token is read. */
    private enum Header {
        TOOLS(McpHeaders.AUTHORIZED_TOOLS),
        CAPABILITIES(McpHeaders.AUTHORIZED_CAPABILITIES);

        private final String headerName;

        Header(String headerName) {
            this.headerName = headerName;
        }

        AuthorizationClaims.Reading read(byte[] payload) {
            return switch (this) {
                case TOOLS -> AuthorizationClaims.readTools(payload);
                case CAPABILITIES -> AuthorizationClaims.readCapabilities(payload);
            };
        }
    }

    private record Seen(Header header, String token) {}

    private final Optional<HeaderSignature> signature;
    private final boolean required;
    /** Only what was signed gets in, so that nobody without the key can push anything out. */
    private final Cache<Seen, AuthorizationClaims> remembered = Caffeine.newBuilder()
            .maximumWeight(MAX_REMEMBERED_BYTES)
            .weigher((Seen seen, AuthorizationClaims _) ->
                    BYTES_PER_CHARACTER * seen.token().length())
            .executor(Runnable::run)
            .build();

    public TrustedHeaders(AuthorizationSettings settings) {
        this.signature = settings.trustedKey().map(HeaderSignature::of);
        this.required = settings.toolsNeedStatement();
    }

    /** Which tools the headers allow; without a statement about tools everything, or nothing if one is required. */
    public AuthorizedTools allowed(RequestHeaders headers, Instant now) {
        Optional<AuthorizedTools.Only> tools = statement(Header.TOOLS, headers, now);
        Optional<AuthorizedTools.Only> capabilities = statement(Header.CAPABILITIES, headers, now);
        if (tools.isEmpty() && capabilities.isEmpty() && required) {
            return AuthorizedTools.Only.NOTHING;
        }
        AuthorizedTools allowed = new AuthorizedTools.Everything();
        if (tools.isPresent()) {
            allowed = allowed.and(tools.get());
        }
        return capabilities.isPresent() ? allowed.and(capabilities.get()) : allowed;
    }

    /** How many tokens need not be verified again. */
    long remembered() {
        remembered.cleanUp();
        return remembered.estimatedSize();
    }

    /** What a header says about tools; empty if it is absent or does not speak of them. */
    private Optional<AuthorizedTools.Only> statement(Header header, RequestHeaders headers, Instant now) {
        List<String> values = headers.all(header.headerName);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            return nothing(header, "it was given " + values.size() + " times");
        }
        return switch (claims(header, values.getFirst())) {
            case AuthorizationClaims.Reading.Malformed(String reason) -> nothing(header, reason);
            case AuthorizationClaims.Reading.Claims(AuthorizationClaims claims) -> {
                Optional<String> problem = claims.problemAt(now);
                yield problem.isPresent() ? nothing(header, problem.get()) : claims.tools();
            }
        };
    }

    private AuthorizationClaims.Reading claims(Header header, String token) {
        if (signature.isEmpty()) {
            return new AuthorizationClaims.Reading.Malformed("TRUSTED_HEADER_PUBLIC_KEY is not set");
        }
        Seen seen = new Seen(header, token);
        AuthorizationClaims known = remembered.getIfPresent(seen);
        if (known != null) {
            return new AuthorizationClaims.Reading.Claims(known);
        }
        AuthorizationClaims.Reading reading = switch (signature.get().open(token)) {
            case HeaderSignature.Opened.Refused(String reason) -> new AuthorizationClaims.Reading.Malformed(reason);
            case HeaderSignature.Opened.Payload(RawJson json) -> header.read(json.bytes());
        };
        if (reading instanceof AuthorizationClaims.Reading.Claims(AuthorizationClaims claims)) {
            remembered.put(seen, claims);
        }
        return reading;
    }

    private static Optional<AuthorizedTools.Only> nothing(Header header, String reason) {
        log.info(
                "authorization header refused, so no tool is visible: header={} reason=\"{}\"",
                header.headerName,
                reason);
        return Optional.of(AuthorizedTools.Only.NOTHING);
    }
}
