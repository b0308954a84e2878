package io.mcpgateway.api.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identifies a configuration: by it, the controller sees which one a broker runs. */
public final class ConfigHash {
    private ConfigHash() {}

    /** SHA-256 of the document's UTF-8 bytes, as 64 lower-case hex digits. */
    public static String of(String document) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(document.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
