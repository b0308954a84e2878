package io.mcpgateway.controller.desired;

import static io.mcpgateway.api.contract.BrokerLaunch.CONFIG_PATH;
import static io.mcpgateway.api.contract.BrokerLaunch.ENV_SESSION_STORE;
import static io.mcpgateway.api.contract.BrokerLaunch.ENV_SIGNING_KEY;
import static io.mcpgateway.api.contract.BrokerLaunch.ENV_TRUSTED_HEADER_KEY;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_BROKER_ADDRESS;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_CALL_TIMEOUT;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_CHECK_INTERVAL;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_CONFIG;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_CONFIG_SECRET;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_METRICS_ADDRESS;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_PRIVATE_HOST;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_PUBLIC_HOST;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_REGISTRY_API;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_ROUTER_ADDRESS;
import static io.mcpgateway.api.contract.BrokerLaunch.FLAG_SERVER_INSTRUCTIONS;
import static io.mcpgateway.api.contract.BrokerLaunch.GRPC_PORT;
import static io.mcpgateway.api.contract.BrokerLaunch.HTTP_PORT;
import static io.mcpgateway.api.contract.BrokerLaunch.LIVENESS_PATH;
import static io.mcpgateway.api.contract.BrokerLaunch.METRICS_PORT;
import static io.mcpgateway.api.contract.BrokerLaunch.READINESS_PATH;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.mcpgateway.api.contract.ObjectNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The broker and router. Values that the API server would fill in are written explicitly, so a live object compares
 * equal. The number of replicas is never written: it starts at the API server's default, 1, and belongs to the user.
 */
public final class BrokerDeployment {
    /** The flags that the controller sets; all others in a live Deployment are the user's. */
    public static final Set<String> MANAGED_FLAGS = Set.of(
            FLAG_BROKER_ADDRESS,
            FLAG_ROUTER_ADDRESS,
            FLAG_METRICS_ADDRESS,
            FLAG_CONFIG,
            FLAG_CONFIG_SECRET,
            FLAG_PUBLIC_HOST,
            FLAG_PRIVATE_HOST,
            FLAG_CHECK_INTERVAL,
            FLAG_CALL_TIMEOUT,
            FLAG_SERVER_INSTRUCTIONS,
            FLAG_REGISTRY_API);

    /** Variables that are removed if they are not desired. */
    public static final Set<String> MANAGED_VARIABLES = Set.of(ENV_SIGNING_KEY, ENV_TRUSTED_HEADER_KEY);

    private static final String CONFIG_VOLUME = "config-volume";
    private static final String TEMPORARY_VOLUME = "tmp";
    private static final String ANY_ADDRESS = "0.0.0.0:";

    /** Longer than the broker takes to drain. */
    private static final long GRACE_SECONDS = 60;

    private static final int STARTUP_ATTEMPTS = 60;
    private static final int READ_FOR_ALL = 0644;

    private BrokerDeployment() {}

    public static Deployment desired(ExtensionOwner owner, BrokerWorkload workload) {
        return new DeploymentBuilder()
                .withMetadata(SpecVariables.recorded(
                        owner.metadata(ObjectNames.BROKER, ObjectLabels.broker()), variablesOfSpec(workload)))
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(ObjectLabels.brokerSelector())
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(ObjectLabels.broker())
                .endMetadata()
                .withSpec(pod(owner, workload))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static PodSpec pod(ExtensionOwner owner, BrokerWorkload workload) {
        return new PodSpecBuilder()
                .withServiceAccountName(ObjectNames.BROKER)
                // The broker watches its configuration through the API.
                .withAutomountServiceAccountToken(true)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(owner, workload))
                .withVolumes(volumes())
                .build();
    }

    private static Container container(ExtensionOwner owner, BrokerWorkload workload) {
        return new ContainerBuilder()
                .withName(ObjectNames.BROKER)
                .withImage(workload.image())
                .withImagePullPolicy(workload.imagePullPolicy())
                .withArgs(arguments(owner, workload))
                .withEnv(variables(workload))
                .withPorts(port("http", HTTP_PORT), port("grpc", GRPC_PORT), port("metrics", METRICS_PORT))
                .withStartupProbe(probe(READINESS_PATH, 1, STARTUP_ATTEMPTS))
                .withReadinessProbe(probe(READINESS_PATH, 5, 2))
                .withLivenessProbe(probe(LIVENESS_PATH, 10, 6))
                .withResources(resources())
                .withSecurityContext(restricted())
                .withVolumeMounts(mounts())
                .build();
    }

    /** No limit of CPU time: throttling would only make calls slower. */
    private static ResourceRequirements resources() {
        return new ResourceRequirementsBuilder()
                .withRequests(new TreeMap<>(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi"))))
                .withLimits(Map.of("memory", new Quantity("512Mi")))
                .build();
    }

    /** What the restricted pod security standard asks for. */
    private static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private static List<Volume> volumes() {
        return List.of(
                new VolumeBuilder()
                        .withName(CONFIG_VOLUME)
                        .withNewSecret()
                        .withSecretName(ObjectNames.CONFIG_SECRET)
                        .withDefaultMode(READ_FOR_ALL)
                        .endSecret()
                        .build(),
                new VolumeBuilder()
                        .withName(TEMPORARY_VOLUME)
                        .withEmptyDir(new EmptyDirVolumeSource(null, new Quantity("64Mi")))
                        .build());
    }

    private static List<VolumeMount> mounts() {
        return List.of(
                new VolumeMountBuilder()
                        .withName(CONFIG_VOLUME)
                        .withMountPath(CONFIG_PATH.substring(0, CONFIG_PATH.lastIndexOf('/')))
                        .withReadOnly(true)
                        .build(),
                new VolumeMountBuilder()
                        .withName(TEMPORARY_VOLUME)
                        .withMountPath("/tmp")
                        .build());
    }

    private static List<String> arguments(ExtensionOwner owner, BrokerWorkload workload) {
        List<String> arguments = new ArrayList<>(List.of(
                FLAG_BROKER_ADDRESS + "=" + ANY_ADDRESS + HTTP_PORT,
                FLAG_ROUTER_ADDRESS + "=" + ANY_ADDRESS + GRPC_PORT,
                FLAG_METRICS_ADDRESS + "=" + ANY_ADDRESS + METRICS_PORT,
                FLAG_CONFIG + "=" + CONFIG_PATH,
                FLAG_CONFIG_SECRET + "=" + owner.namespace() + "/" + ObjectNames.CONFIG_SECRET,
                FLAG_PUBLIC_HOST + "=" + workload.publicHost(),
                FLAG_PRIVATE_HOST + "=" + workload.privateHost(),
                FLAG_CHECK_INTERVAL + "=" + workload.pingIntervalSeconds()));
        workload.flags().forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments;
    }

    private static List<EnvVar> variables(BrokerWorkload workload) {
        List<EnvVar> variables = new ArrayList<>();
        variables.add(fromSecret(ENV_SIGNING_KEY, ObjectNames.SIGNING_KEY_SECRET));
        workload.trustedHeaderSecret().ifPresent(secret -> variables.add(fromSecret(ENV_TRUSTED_HEADER_KEY, secret)));
        workload.sessionStoreSecret()
                .ifPresent(secret -> variables.add(fromSecret(ENV_SESSION_STORE, secret, ENV_SESSION_STORE)));
        workload.variables().forEach((name, value) -> variables.add(new EnvVar(name, value, null)));
        return variables;
    }

    private static SortedSet<String> variablesOfSpec(BrokerWorkload workload) {
        SortedSet<String> names = new TreeSet<>(workload.variables().keySet());
        workload.sessionStoreSecret().ifPresent(_ -> names.add(ENV_SESSION_STORE));
        return names;
    }

    private static EnvVar fromSecret(String name, String secret) {
        return fromSecret(name, secret, ObjectNames.KEY);
    }

    private static EnvVar fromSecret(String name, String secret, String key) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secret, null)
                .endValueFrom()
                .build();
    }

    private static ContainerPort port(String name, int number) {
        return new ContainerPort(number, null, null, name, "TCP");
    }

    private static Probe probe(String path, int periodSeconds, int failureThreshold) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort("http")
                .withScheme("HTTP")
                .endHttpGet()
                .withTimeoutSeconds(2)
                .withPeriodSeconds(periodSeconds)
                .withSuccessThreshold(1)
                .withFailureThreshold(failureThreshold)
                .build();
    }
}
