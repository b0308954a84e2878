package io.mcpgateway.broker.registry;

import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.broker.url.Chosen;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a registry calls the gateway's URLs: clients keep these names, and some allow a server by them, so a name depends
 * on the public host and on that of the object alone.
 */
final class RegistryNames {
    private static final int LONGEST = 200;
    private static final int HASH = 8;

    /** Names that stay different when the slash becomes a dot: those of Kubernetes, and simple ones of config.yaml. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9._-]+)?");

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*");

    private RegistryNames() {}

    /**
     * The name of a URL.
     *
     * @param publicHost lower case, without port
     */
    static String of(Chosen chosen, String publicHost) {
        String namespace = reversed(publicHost) + "/";
        return switch (chosen) {
            case Chosen.Nothing() -> namespace + "gateway";
            case Chosen.VirtualServer(String name) -> named(namespace + "virtual-servers.", name);
            case Chosen.Server(var name) -> named(namespace + "servers.", name.value());
        };
    }

    private static String named(String start, String name) {
        String word = start + name.replaceAll("[^A-Za-z0-9_-]", ".");
        if (PLAIN.matcher(name).matches() && word.length() <= LONGEST) {
            return word;
        }
        String kept = word.substring(0, Math.min(word.length(), LONGEST - HASH - 1));
        return kept + "-" + ConfigHash.of(name).substring(0, HASH);
    }

    private static String reversed(String host) {
        if (ADDRESS.matcher(host).matches()) {
            return host.replaceAll("[^0-9A-Za-z.]+", "-").replaceAll("^-|-$", "");
        }
        List<String> labels = Arrays.asList(host.split("\\.", -1));
        Collections.reverse(labels);
        return String.join(".", labels);
    }
}
