package io.mcpgateway.controller.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** As whom a command calls the gateway. The token is in a file, because anybody on the machine can read command lines. */
public final class CallerArguments {
    private static final int MOST_BYTES = 64 * 1024;
    private static final String BEARER = "Bearer ";

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "call with the bearer token in this file; it is sent to the URL of the gateway only")
    @Nullable
    Path tokenFile;

    /**
     * The token without its scheme; one that cannot be sent is a wrong command line, and so is one without an address.
     *
     * @param addressed whether somebody named the address that it would be sent to
     * @param option that names it
     */
    public Optional<String> token(boolean addressed, String option) {
        if (tokenFile == null) {
            return Optional.empty();
        }
        String read = text(tokenFile).strip();
        String token = read.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? read.substring(BEARER.length()).strip()
                : read;
        if (token.isEmpty() || !token.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw usage(tokenFile + " is not a bearer token: one line of visible ASCII characters without spaces");
        }
        if (!addressed) {
            throw usage("--token-file needs " + option
                    + ": the certificate of a Pod is not checked, so no token is sent to it");
        }
        return Optional.of(token);
    }

    /** The payload of a JWT as it is written there, if a broker would read it: it says what the caller may use. */
    public static Optional<String> claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims.has("allowed-tools") || claims.has("allowed-capabilities")
                    ? Optional.of(parts[1])
                    : Optional.empty();
        } catch (IllegalArgumentException | IOException notJwt) {
            return Optional.empty();
        }
    }

    private String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw usage(file + " is larger than " + MOST_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw usage("cannot read " + file);
        }
    }

    private ParameterException usage(String problem) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
    }
}
