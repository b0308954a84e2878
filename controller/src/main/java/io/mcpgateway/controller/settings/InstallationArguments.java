package io.mcpgateway.controller.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the controller was installed, if that asks for something of it. Null means not given. */
public final class InstallationArguments {
    @Option(
            names = "--apply-at-start",
            paramLabel = "FOLDER",
            description = "apply the YAML files in this folder once the gateway's CRDs are installed;"
                    + " later changes by others are kept")
    public @Nullable Path applyAtStart;

    @Option(
            names = "--finish-on-uninstall",
            paramLabel = "NAME",
            description = "name of this controller's ServiceAccount, ClusterRole and ClusterRoleBinding: when they are"
                    + " deleted together with the CRDs (kubectl delete -k), clean up before exiting")
    public @Nullable String finishOnUninstall;
}
