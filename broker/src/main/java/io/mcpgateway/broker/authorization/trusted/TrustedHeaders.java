package io.mcpgateway.broker.authorization.trusted;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizationClaims;
import io.mcpgateway.broker.authorization.AuthorizationClaims.Statement;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request is authorised for: the JWTs in {@code x-authorized-tools} and {@code x-mcp-authorized}, put there by
 * the authorization layer in front (for example an AuthPolicy). If such a header has any fault, it allows
 * none of what it is about; if both are present, both must allow. Thread-safe, never blocks.
 *
 * <p>The router sees a header only if it is set before the external processor runs. If the authorization layer comes
 * later, lists are still filtered here, but that layer has to check calls itself.
 */
public final class TrustedHeaders {
    /** A token takes about four times its characters, with what was read from it. */
    private static final int BYTES_PER_CHARACTER = 4;

    private static final long MAX_REMEMBERED_BYTES = 32L * 1024 * 1024;
    private static final Logger log = LoggerFactory.getLogger(TrustedHeaders.class);

    /** The two headers: which one it is says how its token is read. */
    private enum Header {
        TOOLS(GatewayHeaders.AUTHORIZED_TOOLS),
        CAPABILITIES(GatewayHeaders.AUTHORIZED_CAPABILITIES);

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
    private final AuthorizationSettings settings;
    /** Only signed values get in, so nobody without the key can push anything out. */
    private final Cache<Seen, AuthorizationClaims> remembered = Caffeine.newBuilder()
            .maximumWeight(MAX_REMEMBERED_BYTES)
            .weigher((Seen seen, AuthorizationClaims _) ->
                    BYTES_PER_CHARACTER * seen.token().length())
            .executor(Runnable::run)
            .build();

    public TrustedHeaders(AuthorizationSettings settings) {
        this.signature = settings.trustedKey().map(HeaderSignature::of);
        this.settings = settings;
    }

    /** What the headers allow; of whatever they say nothing about everything, or nothing if a statement is required. */
    public Authorization allowed(RequestHeaders headers, Instant now) {
        Statement ofTools = statement(Header.TOOLS, headers, now);
        Statement ofAll = statement(Header.CAPABILITIES, headers, now);
        AuthorizedNames tools = allowed(ofTools.tools().or(ofAll::tools), settings.toolsNeedStatement());
        return new Authorization(
                ofAll.tools().isPresent() ? tools.and(ofAll.tools().get()) : tools,
                allowed(ofAll.prompts(), settings.enforceCapabilities()),
                allowed(ofAll.resources(), settings.enforceCapabilities()));
    }

    private static AuthorizedNames allowed(Optional<AuthorizedNames.Only> said, boolean required) {
        if (said.isPresent()) {
            return said.get();
        }
        return required ? AuthorizedNames.Only.NOTHING : new AuthorizedNames.Everything();
    }

    /** Whether what is allowed can differ from one caller to the next. */
    public boolean canDecide() {
        return signature.isPresent() || settings.toolsNeedStatement();
    }

    private Statement statement(Header header, RequestHeaders headers, Instant now) {
        List<String> values = headers.all(header.headerName);
        if (values.isEmpty()) {
            return Statement.NONE;
        }
        if (values.size() > 1) {
            return nothing(header, "it was given " + values.size() + " times");
        }
        return switch (claims(header, values.getFirst())) {
            case AuthorizationClaims.Reading.Malformed(String reason) -> nothing(header, reason);
            case AuthorizationClaims.Reading.Claims(AuthorizationClaims claims) -> {
                Optional<String> problem = claims.problemAt(now);
                yield problem.isPresent() ? nothing(header, problem.get()) : claims.says();
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

    private static Statement nothing(Header header, String reason) {
        log.info(
                "authorization header refused; everything that it could allow is hidden: header={} reason=\"{}\"",
                header.headerName,
                reason);
        return switch (header) {
            case TOOLS -> Statement.ofTools(AuthorizedNames.Only.NOTHING);
            case CAPABILITIES -> Statement.ofAll(AuthorizedNames.Only.NOTHING);
        };
    }
}
