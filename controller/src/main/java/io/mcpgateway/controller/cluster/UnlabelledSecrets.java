package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.secrets.LabelledSecret;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets that a user refers to but has not labelled, so they are not watched. They are requested, and the response
 * is used for some seconds: many registrations may refer to one, and several reconcilers read each.
 */
public final class UnlabelledSecrets {
    private static final Logger log = LoggerFactory.getLogger(UnlabelledSecrets.class);

    /** A reconcile that depends on such a Secret is repeated after this time. */
    public static final Duration LIFETIME = Duration.ofSeconds(3);

    /** With many such Secrets, responses are used longer, so together they cost at most 20 requests per second. */
    private static final Duration SHARE = Duration.ofMillis(50);

    private static final int MOST = 10_000;

    private record Answer(Optional<Secret> secret, Instant at) {}

    private final ApiRequests requests;
    private final Clock clock;
    private final Map<ObjectKey, Answer> answers = new LinkedHashMap<>();
    private final Set<ObjectKey> forbidden = ConcurrentHashMap.newKeySet();

    public UnlabelledSecrets(ApiRequests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    Optional<Secret> get(ObjectKey key) {
        Instant now = clock.instant();
        synchronized (answers) {
            Answer known = answers.get(key);
            if (known != null && isFresh(known, now)) {
                return known.secret();
            }
        }
        Optional<Secret> found = read(key);
        synchronized (answers) {
            answers.values().removeIf(answer -> !isFresh(answer, now));
            if (answers.size() < MOST) {
                answers.put(key, new Answer(found, now));
            }
        }
        return found;
    }

    /** Nothing if the API server does not allow it: whoever names such a Secret must not stop what concerns others. */
    private Optional<Secret> read(ObjectKey key) {
        try {
            Optional<Secret> found = requests.read(Secret.class, key).map(UnlabelledSecrets::readable);
            forbidden.remove(key);
            return found;
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw refusal;
            }
            if (forbidden.size() < MOST && forbidden.add(key)) {
                log.warn(
                        "forbidden: the controller's ServiceAccount may not read Secret {}, so it counts as missing;"
                                + " grant it get on Secrets, or label the Secret",
                        key);
            }
            return Optional.empty();
        }
    }

    /** Of one that may not be read, only which entries it has. */
    private static Secret readable(Secret secret) {
        if (LabelledSecret.isLabelled(secret) || secret.getData() == null) {
            return secret;
        }
        Map<String, String> entries = new TreeMap<>();
        secret.getData().keySet().forEach(entry -> entries.put(entry, ""));
        return new SecretBuilder(secret).withData(entries).build();
    }

    private boolean isFresh(Answer answer, Instant now) {
        Duration share = SHARE.multipliedBy(answers.size());
        return now.isBefore(answer.at().plus(share.compareTo(LIFETIME) > 0 ? share : LIFETIME));
    }
}
