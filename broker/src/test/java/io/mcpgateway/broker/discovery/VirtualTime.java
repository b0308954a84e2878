package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Elapsed;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Await;
import java.time.Duration;
import java.time.Instant;

/** The discovery of one server, checked once a minute, in time that only passes when the test lets it. */
abstract class VirtualTime {
    static final ServerName SERVER = new ServerName("ns/one");
    private static final DiscoveryTiming TIMING = DiscoveryTiming.every(Duration.ofSeconds(60));

    Instant now = Instant.parse("2026-11-23T00:00:00Z");
    DiscoveryStep step = DiscoveryStep.start(DiscoveryState.fresh(SERVER, now), moment());

    void tell(DiscoveryEvent event) {
        step = DiscoveryStep.apply(step.state(), event, moment());
    }

    /** Lets the time pass that the loop wants to wait. */
    DiscoveryOperation elapse() {
        if (step.next() instanceof Await(Duration wait)) {
            now = now.plus(wait);
            tell(new Elapsed());
        }
        return step.next();
    }

    DiscoveryStep.Moment moment() {
        return new DiscoveryStep.Moment(now, 0.5, TIMING);
    }

    ServerReport report() {
        return step.state().published().orElseThrow();
    }
}
