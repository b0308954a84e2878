package io.mcpgateway.controller.doctor.facts;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was read of a cluster, once.
 *
 * @param apiServer its address, and its version if it answered
 * @param namespace to which findings are limited; empty for all
 * @param secrets those that our objects name, by their key
 * @param brokers what each ready broker pod says of itself, by namespace and name of the pod
 * @param envoys what Envoy runs on the listener of an extension, by the extension
 * @param calls a real call through the listener of an extension, by the extension
 * @param reaches whether a broker reaches the server of a registration as calls do, by the registration; only of those that
 *     were asked about and answered in time
 * @param now when it was read
 */
public record Facts(
        ApiServer apiServer,
        Optional<String> namespace,
        ClusterView cluster,
        Map<ObjectKey, Part<Optional<Secret>>> secrets,
        Map<ObjectKey, Part<StatusReport>> brokers,
        Map<ObjectKey, Part<EnvoyReport>> envoys,
        Map<ObjectKey, Part<CallReport>> calls,
        Map<ObjectKey, ServerReach> reaches,
        Instant now) {
    /** Where the cluster is, and whether it answers. */
    public record ApiServer(String url, Part<String> version) {
        public ApiServer {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(version, "version");
        }
    }

    public Facts {
        Objects.requireNonNull(apiServer, "apiServer");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(cluster, "cluster");
        secrets = Map.copyOf(secrets);
        brokers = Map.copyOf(brokers);
        envoys = Map.copyOf(envoys);
        calls = Map.copyOf(calls);
        reaches = Map.copyOf(reaches);
        Objects.requireNonNull(now, "now");
    }
}
