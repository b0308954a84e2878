package io.mcpgateway.controller.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the controller was installed, if that asks for something of it. Null means not given. */
public final class InstallationArguments {
    @Option(
            names = "--apply-at-start",
            paramLabel = "FOLDER",
            description = "apply the YAML files of this folder as soon as our kinds are served;"
                    + " what somebody else changed since stays")
    public @Nullable Path applyAtStart;

    @Option(
            names = "--finish-on-uninstall",
            paramLabel = "NAME",
            description = "name of this controller's ServiceAccount, ClusterRole and ClusterRoleBinding: when they are"
                    + " deleted together with the CRDs (kubectl delete -k), clean up before the end")
    public @Nullable String finishOnUninstall;
}
