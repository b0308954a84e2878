package io.mcpgateway.broker.session;

import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.url.Chosen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The tokens that clients carry as {@code Mcp-Session-Id}: JWTs signed with HS256, issuer and audience
 * {@code mcp-gateway}, with {@code exp}, {@code iat} and {@code jti}. Private claims: {@code caller} (whom the session
 * is bound to), {@code url} (what the URL chose that it is bound to, absent for {@code /mcp}), {@code vs} (the virtual
 * server that a header chose, if any), {@code ver} (protocol version), {@code can} (server requests
 * that the client supports, separated by spaces; absent if none), {@code cap} (the client's capabilities, unchanged;
 * absent if they contain no more than {@code can}).
 */
public final class SessionTokens {
    private static final String NAME = "mcp-gateway";
    private static final String ELICITATION = "elicitation";
    private static final String SAMPLING = "sampling";
    private static final String ROOTS = "roots";

    /**
     * A token of ours as it was read, whoever brings it and whenever: only what is in it, never that it is good now.
     *
     * @param valid what it is worth to its caller, while it is good
     * @param from when it begins to be good
     */
    public record Read(SessionVerdict.Valid valid, Optional<Instant> from) {
        public Read {
            Objects.requireNonNull(valid, "valid");
            Objects.requireNonNull(from, "from");
        }

        SessionVerdict at(CallerBinding caller, Instant now) {
            if (from.filter(now::isBefore).isPresent()) {
                return new SessionVerdict.Invalid(SignedClaims.NOT_VALID_YET);
            }
            GatewaySession session = valid.session();
            if (!session.caller().equals(caller)) {
                return new SessionVerdict.ForeignCaller();
            }
            return now.isBefore(session.expiresAt()) ? valid : new SessionVerdict.Expired();
        }
    }

    /** Where tokens that were read before may be found again by their text. It gets those only whose signature holds. */
    public interface Memory {
        /** Finds nothing. */
        Memory NONE = new Memory() {
            @Override
            public Optional<Read> find(String token) {
                return Optional.empty();
            }

            @Override
            public void keep(String token, Read read) {}
        };

        Optional<Read> find(String token);

        void keep(String token, Read read);
    }

    private final SignedClaims signer;
    private final Memory memory;

    private SessionTokens(SignedClaims signer, Memory memory) {
        this.signer = signer;
        this.memory = Objects.requireNonNull(memory, "memory");
    }

    /**
     * Tokens signed with this key.
     *
     * @param key at least 32 bytes
     * @throws IllegalArgumentException if the key is shorter
     */
    public static SessionTokens withKey(byte[] key) {
        return new SessionTokens(SignedClaims.withKey(key), Memory.NONE);
    }

    /**
     * The same tokens, each of which is only read once while the memory knows it. Verdicts are the same.
     *
     * @param memory of nothing but these tokens: it does not know whose signature it was
     */
    public SessionTokens remembering(Memory memory) {
        return new SessionTokens(signer, memory);
    }

    /**
     * The token that goes out as {@code Mcp-Session-Id}: a compact HS256 JWT.
     *
     * @throws IllegalArgumentException if the session's texts make a token that {@link #verify} would refuse as too
     *     long, which no name of a known virtual server does
     */
    public String issue(GatewaySession session, Instant now) {
        StringBuilder claims = new StringBuilder(256);
        claims.append("{\"iss\":\"" + NAME + "\",\"aud\":[\"" + NAME + "\"],\"iat\":")
                .append(now.getEpochSecond());
        claims.append(",\"exp\":").append(session.expiresAt().getEpochSecond()).append(",\"jti\":");
        JsonText.appendQuoted(claims, session.id().value());
        claims.append(",\"caller\":");
        JsonText.appendQuoted(claims, session.caller().value());
        if (!session.url().isNothing()) {
            JsonText.appendQuoted(claims.append(",\"url\":"), session.url().text());
        }
        session.virtualServer().ifPresent(name -> JsonText.appendQuoted(claims.append(",\"vs\":"), name));
        claims.append(",\"ver\":");
        JsonText.appendQuoted(claims, session.protocolVersion());
        if (session.features().canBeAsked()) {
            JsonText.appendQuoted(claims.append(",\"can\":"), encode(session.features()));
        }
        if (session.features().hasDetails()) {
            claims.append(",\"cap\":").append(session.features().declared());
        }
        String token = signer.sign(claims.append('}').toString());
        if (token.length() > SignedClaims.MAX_LENGTH) {
            throw new IllegalArgumentException("the session does not fit into a token of " + SignedClaims.MAX_LENGTH
                    + " characters: " + token.length());
        }
        return token;
    }

    /** Never throws, whatever the token. Knows nothing of revocation: the caller asks the store. */
    public SessionVerdict verify(Optional<String> token, CallerBinding caller, Instant now) {
        if (token.isEmpty() || token.get().isEmpty()) {
            return new SessionVerdict.Missing();
        }
        Optional<Read> known = memory.find(token.get());
        return known.isPresent() ? known.get().at(caller, now) : opened(token.get(), caller, now);
    }

    private SessionVerdict opened(String token, CallerBinding caller, Instant now) {
        return switch (signer.open(token)) {
            case SignedClaims.Opened.Refused(String reason) -> new SessionVerdict.Invalid(reason);
            case SignedClaims.Opened.Claims(JwtClaims claims) -> {
                Optional<String> problem =
                        SignedClaims.problemOf(claims, NAME, NAME, now).or(() -> problemOf(claims));
                if (problem.isPresent()) {
                    yield new SessionVerdict.Invalid(problem.get());
                }
                Read read = read(claims);
                memory.keep(token, read);
                yield read.at(caller, now);
            }
        };
    }

    /** What only sessions claim. */
    private static Optional<String> problemOf(JwtClaims claims) {
        if (claims.text("caller").isEmpty() || claims.text("ver").isEmpty()) {
            return Optional.of("caller or protocol version missing");
        }
        boolean noObject = claims.has("cap") && claims.object("cap").isEmpty();
        return url(claims).isEmpty() || unreadable(claims, "vs") || unreadable(claims, "can") || noObject
                ? Optional.of("URL, virtual server or client features of a wrong type")
                : Optional.empty();
    }

    private static Optional<Chosen> url(JwtClaims claims) {
        return claims.has("url") ? claims.text("url").flatMap(Chosen::parse) : Optional.of(new Chosen.Nothing());
    }

    /** Of claims without a problem. */
    private static Read read(JwtClaims claims) {
        GatewaySession session = new GatewaySession(
                new GatewaySessionId(claims.text("jti").orElseThrow()),
                claims.instant("exp").orElseThrow(),
                new CallerBinding(claims.text("caller").orElseThrow()),
                url(claims).orElseThrow(),
                claims.text("vs"),
                claims.text("ver").orElseThrow(),
                decode(claims.text("can").orElse(""), claims.object("cap")));
        return new Read(new SessionVerdict.Valid(session), claims.instant("nbf"));
    }

    /** There, but no text: to read it as absent would widen what the session may see. */
    private static boolean unreadable(JwtClaims claims, String name) {
        return claims.has(name) && claims.text(name).isEmpty();
    }

    private static String encode(ClientFeatures features) {
        List<String> names = new ArrayList<>(3);
        if (features.elicitation()) {
            names.add(ELICITATION);
        }
        if (features.sampling()) {
            names.add(SAMPLING);
        }
        if (features.roots()) {
            names.add(ROOTS);
        }
        return String.join(" ", names);
    }

    private static ClientFeatures decode(String names, Optional<RawJson> declared) {
        if (names.isEmpty() && declared.isEmpty()) {
            return ClientFeatures.NONE;
        }
        List<String> features = List.of(names.split(" ", -1));
        boolean elicitation = features.contains(ELICITATION);
        boolean sampling = features.contains(SAMPLING);
        boolean roots = features.contains(ROOTS);
        return declared.map(details -> new ClientFeatures(elicitation, sampling, roots, details))
                .orElseGet(() -> new ClientFeatures(elicitation, sampling, roots));
    }
}
