package io.mcpgateway.controller.brokers;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.NamespaceEnd;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.desired.ConfigSecret;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.desired.RenderedConfig;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration Secrets, one in each namespace that has an extension. Only the extension's reconciler writes, so
 * each Secret has one writer. Remembers what was written last, because the watched copy follows a moment later.
 */
public final class ConfigSecretStore {
    /**
     * A configuration as it was written; the document is what brokers hash.
     *
     * @param servers of the configuration, by name
     */
    public record Written(BrokerConfig config, String hash, Map<ServerName, McpServer> servers) {
        public Written {
            servers = Map.copyOf(servers);
        }

        Written(BrokerConfig config, String hash) {
            this(
                    config,
                    hash,
                    config.servers().stream().collect(Collectors.toMap(McpServer::name, Function.identity())));
        }
    }

    /** Called after each write that changed the configuration of a namespace. */
    public interface Listener {
        void written(String namespace, Written before, Written after);
    }

    private static final Logger log = LoggerFactory.getLogger(ConfigSecretStore.class);
    private static final Written NOTHING = new Written(BrokerConfig.EMPTY, "");

    private final ClusterReader reader;
    private final ObjectWriter writer;
    private final Listener listener;
    private final Map<String, Written> written = new ConcurrentHashMap<>();
    private final Map<String, RenderedConfig> rendered = new ConcurrentHashMap<>();

    public ConfigSecretStore(ClusterReader reader, ObjectWriter writer, Listener listener) {
        this.reader = reader;
        this.writer = writer;
        this.listener = listener;
    }

    /** A configuration as it is written; printed anew only if it is not the one that this was asked for last. */
    public RenderedConfig rendered(String namespace, BrokerConfig config) {
        RenderedConfig last = rendered.get(namespace);
        if (last != null && last.config().equals(config)) {
            return last;
        }
        RenderedConfig now = RenderedConfig.of(config);
        rendered.put(namespace, now);
        return now;
    }

    /** Makes the Secret hold a configuration. */
    public void write(ExtensionOwner owner, RenderedConfig config) {
        ObjectKey key = key(owner.namespace());
        Written before = current(owner.namespace()).orElse(NOTHING);
        Written after = new Written(config.config(), config.hash());
        writer.apply(reader.ownSecret(key).orElse(null), ConfigSecret.desired(owner, config.document()));
        written.put(owner.namespace(), after);
        if (!before.hash().equals(after.hash())) {
            announce(key, before, after);
            listener.written(owner.namespace(), before, after);
        }
    }

    /** Empties the configuration of an extension that is on its way out; a Secret that is not there stays away. */
    public void withdraw(ExtensionOwner owner) {
        ObjectKey key = key(owner.namespace());
        if (reader.ownSecret(key).isEmpty()) {
            return;
        }
        try {
            write(owner, RenderedConfig.of(BrokerConfig.EMPTY));
        } catch (KubernetesClientException refusal) {
            if (!NamespaceEnd.isCauseOf(refusal)) {
                throw refusal;
            }
            log.debug("configuration was deleted with its namespace secret={}", key);
        }
    }

    /** Forgets a namespace whose extension was deleted. */
    public void forget(String namespace) {
        written.remove(namespace);
        rendered.remove(namespace);
    }

    /** What brokers of the namespace should run; empty before the first write. */
    public Optional<Written> current(String namespace) {
        Written known = written.get(namespace);
        return known == null ? fromCluster(namespace) : Optional.of(known);
    }

    /** The hash of what was written or taken over by this controller; looks nowhere else. */
    public Optional<String> knownHash(String namespace) {
        return Optional.ofNullable(written.get(namespace)).map(Written::hash);
    }

    /** After a start: what the controller before this one wrote. */
    private Optional<Written> fromCluster(String namespace) {
        Optional<Written> found = reader.ownSecret(key(namespace)).flatMap(ConfigSecretStore::parse);
        found.ifPresent(value -> {
            if (written.putIfAbsent(namespace, value) == null) {
                log.info("configuration taken over secret={} hash={}", key(namespace), shortened(value));
                announceServers(key(namespace), Map.of(), value.servers());
            }
        });
        return found;
    }

    private static Optional<Written> parse(Secret secret) {
        return ConfigSecret.document(secret).flatMap(document -> switch (ConfigYaml.parse(document)) {
            case ConfigYaml.Result.Parsed(BrokerConfig config) ->
                Optional.of(new Written(config, ConfigHash.of(document)));
            case ConfigYaml.Result.Refused _ -> Optional.empty();
        });
    }

    private static void announce(ObjectKey key, Written before, Written after) {
        log.info(
                "configuration written secret={} hash={} servers={} virtualServers={}",
                key,
                shortened(after),
                after.config().servers().size(),
                after.config().virtualServers().size());
        announceServers(key, before.servers(), after.servers());
    }

    /** Servers print without their credential. */
    private static void announceServers(ObjectKey key, Map<ServerName, McpServer> old, Map<ServerName, McpServer> now) {
        now.forEach((name, server) -> {
            if (!server.equals(old.get(name))) {
                log.info(
                        "server configured server={} url={} prefix={} hostname={} state={} secret={}",
                        name,
                        server.url(),
                        server.toolPrefix(),
                        server.hostname(),
                        server.state(),
                        key);
            }
        });
        old.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(
                        name -> log.info("server removed server={} prefix={} secret={}", name, prefix(old, name), key));
    }

    private static String shortened(Written written) {
        return written.hash().substring(0, 12);
    }

    private static String prefix(Map<ServerName, McpServer> servers, ServerName name) {
        McpServer server = servers.get(name);
        return server == null ? "" : server.toolPrefix();
    }

    private static ObjectKey key(String namespace) {
        return new ObjectKey(namespace, ObjectNames.CONFIG_SECRET);
    }
}
