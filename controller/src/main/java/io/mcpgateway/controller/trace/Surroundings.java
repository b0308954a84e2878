package io.mcpgateway.controller.trace;

import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import io.mcpgateway.controller.doctor.reading.CallReading;
import io.mcpgateway.controller.trace.answers.RequestLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a call is traced: in a cluster, or at a gateway without one. */
interface Surroundings {
    /**
     * What logs say.
     *
     * @param gaps what could not be read
     */
    record Logs(RequestLog log, List<String> gaps) {
        static final Logs NONE = new Logs(RequestLog.EMPTY, List.of());

        public Logs {
            gaps = List.copyOf(gaps);
        }
    }

    /** Makes the call, or says why it could not be made. */
    Part<TracedCall> call(CallReading.Call call) throws InterruptedException;

    /** What each broker would decide. */
    Map<String, Part<RoutedCall>> routes(RoutedCall.Question question, Optional<String> claims)
            throws InterruptedException;

    /**
     * The lines of a request.
     *
     * @param wanted its IDs
     * @param since when it was made, if that is now; then lines may still be on their way
     */
    Logs logs(Set<String> wanted, Optional<Instant> since) throws InterruptedException;
}
