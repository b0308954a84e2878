package io.mcpgateway.broker.router;

import io.grpc.Status;
import io.helidon.http.HeaderNames;
import io.mcpgateway.broker.endpoint.KnownBadEndpoint;
import io.mcpgateway.broker.sse.SseDecoder;
import io.opentelemetry.api.trace.SpanKind;
import java.net.http.HttpClient;
import java.time.Instant;
import org.apache.hc.core5.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breaks every architecture rule on purpose; the architecture test proves that each rule sees it. */
public class KnownBadRouteHelper {
    private static final Logger log = LoggerFactory.getLogger(KnownBadRouteHelper.class);
    private final SseDecoder kept = SseDecoder.withLimit(1);
    private Instant last = Instant.EPOCH;

    public void resetForTesting() {
        last = Instant.now();
        log.debug("{} {} {}", System.getenv("HOME"), Status.OK, kept.overflowed());
        log.debug("{} {} {}", HeaderNames.ACCEPT, HttpVersion.HTTP_1_1, HttpClient.Version.HTTP_1_1);
        log.debug("{}", SpanKind.SERVER);
        new KnownBadEndpoint(this).touch();
    }

    public Instant last() {
        return last;
    }
}
