package io.mcpgateway.controller.extension;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.grpc.KnownBadChannel;
import io.mcpgateway.controller.registration.KnownBadRegistration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breaks the architecture rules on purpose; the architecture test proves that each rule sees it. */
public class KnownBadPlannerHelper {
    private static final Logger log = LoggerFactory.getLogger(KnownBadPlannerHelper.class);
    private Instant last = Instant.EPOCH;

    public void resetForTesting(KubernetesClient client) {
        last = Instant.now();
        log.debug("{} {} {}", System.getenv("HOME"), client.getNamespace(), new KnownBadChannel().name());
        new KnownBadRegistration(this).touch();
    }

    public Instant last() {
        return last;
    }
}
