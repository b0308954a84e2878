package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which cluster a user's command is about: the flags that kubectl has for it. */
public final class KubeconfigArguments {
    private static final int REQUEST_MILLIS = 4_000;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "kubeconfig to use (default: as kubectl)")
    @Nullable
    Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "context of the kubeconfig (default: the current one)")
    @Nullable
    String context;

    /** How to connect, without waiting for long; a kubeconfig that cannot be read is a wrong command line. */
    public Config settings() {
        return new ConfigBuilder(chosen())
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(REQUEST_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .build();
    }

    private Config chosen() {
        if (kubeconfig == null) {
            return Config.autoConfigure(context);
        }
        if (!Files.isReadable(kubeconfig)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "cannot read --kubeconfig " + kubeconfig);
        }
        return Config.fromKubeconfig(context, kubeconfig.toFile());
    }
}
