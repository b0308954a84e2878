package io.mcpgateway.controller.commands;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which namespaces a command is about: the flags that kubectl has for it. */
public final class NamespaceArguments {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "only what is in this namespace, and what it needs")
    @Nullable
    String namespace;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "everything (default)")
    boolean all;

    /** The namespace; empty for all. Both flags at once are a wrong command line. */
    public Optional<String> chosen() {
        if (all && namespace != null) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "-n and -A exclude each other");
        }
        return Optional.ofNullable(namespace);
    }

    /** Whether one of the flags was given. */
    public boolean given() {
        return all || namespace != null;
    }
}
