package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The Gateway API and Istio, for a cluster without them.
 *
 * @param gatewayApi an argument for {@code kubectl apply -f}: a URL, a file or a folder
 * @param charts the address of a chart repository, or a folder with the charts {@code base} and {@code istiod}
 * @param values values files for the chart istiod
 */
record Mesh(String gatewayApi, String charts, String version, List<Path> values) {
    /** The oldest Istio that the product supports; the bed has the newest. */
    static final String VERSION = "1.28.1";

    private static final String NAMESPACE = "istio-system";
    private static final String GATEWAY_API =
            "https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.4.1/standard-install.yaml";
    private static final String CHARTS = "https://istio-release.storage.googleapis.com/charts";
    private static final Duration LIMIT = Duration.ofMinutes(12);

    /** Gateways without a load balancer: their Services get node ports only. */
    private static final String NODE_PORTS = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: gateways-have-node-ports
              namespace: istio-system
              labels: {gateway.istio.io/defaults-for-class: istio}
            data:
              service: |
                spec:
                  type: NodePort
            """;

    /** From the projects' releases, or from the location in the environment. */
    static Mesh chosen() {
        String values = environment("E2E_ISTIO_VALUES", "");
        return new Mesh(
                environment("E2E_GATEWAY_API", GATEWAY_API),
                environment("E2E_ISTIO_CHARTS", CHARTS),
                environment("E2E_ISTIO_VERSION", VERSION),
                values.isEmpty() ? List.of() : List.of(Path.of(values)));
    }

    /** The images that its Pods need. */
    List<String> images() {
        return List.of("docker.io/istio/pilot:" + version, "docker.io/istio/proxyv2:" + version);
    }

    /** Installs what is missing. */
    void install(Kubectl kubectl, Path kubeconfig) {
        if (kubectl.exists(Subject.of("crd", NAMESPACE, "gateways.gateway.networking.k8s.io"))) {
            System.out.println("    the Gateway API is there already");
        } else {
            kubectl.run("apply", "--server-side", "-f", gatewayApi);
        }
        if (kubectl.exists(Subject.of("gatewayclass", NAMESPACE, "istio"))) {
            System.out.println("    Istio is there already");
            return;
        }
        helm(kubeconfig, "istio-base", "base", List.of());
        kubectl.apply(NODE_PORTS);
        helm(kubeconfig, "istiod", "istiod", istiodOptions());
        Subject gatewayClass = Subject.of("gatewayclass", NAMESPACE, "istio");
        kubectl.await(
                gatewayClass,
                "to be accepted",
                () -> kubectl.condition(gatewayClass, "Accepted").isTrue(),
                Boolean::booleanValue);
    }

    private void helm(Path kubeconfig, String release, String chart, List<String> options) {
        Command.run(command(kubeconfig, release, chart, options), "", LIMIT).orFail();
    }

    /** Small enough for a laptop; the defaults are for a company's cluster. */
    private List<String> istiodOptions() {
        List<String> options = new ArrayList<>(List.of(
                "--set=pilot.autoscaleEnabled=false",
                "--set=pilot.resources.requests.cpu=100m",
                "--set=pilot.resources.requests.memory=256Mi"));
        values.forEach(file -> options.add("--values=" + file));
        return options;
    }

    /** The command that installs one chart and waits until its Pods are ready. */
    List<String> command(Path kubeconfig, String release, String chart, List<String> options) {
        List<String> command = new ArrayList<>(List.of("helm", "--kubeconfig=" + kubeconfig));
        command.addAll(List.of("upgrade", "--install", release));
        if (Files.isDirectory(Path.of(charts))) {
            command.add(Path.of(charts).resolve(chart).toString());
        } else {
            command.addAll(List.of(chart, "--repo=" + charts, "--version=" + version));
        }
        command.addAll(List.of("-n", NAMESPACE, "--create-namespace", "--wait", "--timeout=10m"));
        command.addAll(options);
        return command;
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
