package io.mcpgateway.e2e.cluster;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What one controller may do before it is cut off from the API server, and what it did. */
final class ControllerLife {
    private final Cut cut;
    private final ApiTally tally = new ApiTally();
    private final CountDownLatch over = new CountDownLatch(1);

    ControllerLife(Cut cut) {
        this.cut = cut;
    }

    /** Whether it is cut off within this time. */
    boolean isOverWithin(Duration time) {
        try {
            return over.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    ApiTally tally() {
        return tally;
    }

    /** Counts a request; false if it must not reach the API server. */
    synchronized boolean admits(ApiRequest request) {
        if (isOver()) {
            return false;
        }
        if (request.isWrite() && cut == Cut.BEFORE_APPLIED && tally.writes() >= cut.answered()) {
            over.countDown();
            return false;
        }
        tally.add(request);
        return true;
    }

    /** Called when the API server starts to answer; false if the response must not reach the controller. */
    synchronized boolean learns(ApiRequest request) {
        if (request.isWrite() && cut == Cut.AFTER_APPLIED) {
            over.countDown();
        }
        return !isOver();
    }

    private boolean isOver() {
        return over.getCount() == 0;
    }
}
