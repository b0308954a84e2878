package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.json.RawJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client of one call, request after request. Changed under the call's lock; anybody may ask. */
final class Audience {
    private final KeptNotices kept = new KeptNotices();
    /** Nobody while the call is parked. */
    private volatile @Nullable Attendance waiting;
    /** Who came last, and so speaks for the client. */
    private volatile Attendance latest;

    Audience(Attendance first) {
        this.waiting = first;
        this.latest = first;
    }

    @Nullable
    Attendance waiting() {
        return waiting;
    }

    Attendance latest() {
        return latest;
    }

    /** Who waited has an answer, or does not want one any more. */
    void leaves() {
        waiting = null;
    }

    /** The client is back. It hears what was said meanwhile, as far as this request asks for it, before anything else. */
    void comes(Attendance back) {
        latest = back;
        waiting = back;
        back.answer()
                .begin(kept.take().stream()
                        .flatMap(notice -> back.call().notices().forClient(notice).stream())
                        .toList());
    }

    /** Who gets a notification now. If nobody does, it is kept, if the client's last request asked for such. */
    Optional<Attendance> hearing(RawJson notice) {
        Attendance present = waiting;
        if (present == null && latest.call().notices().forClient(notice).isPresent()) {
            kept.add(notice);
        }
        return Optional.ofNullable(present);
    }
}
