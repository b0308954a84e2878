package io.mcpgateway.broker.extproc.played;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the router says of a request. */
public sealed interface Verdict {
    /** It gets no further. */
    record Refused(int status) implements Verdict {}

    /**
     * It passes.
     *
     * @param headers that the router has set, pseudo headers among them
     * @param note for the answer
     */
    record Passed(Map<String, String> headers, Note note) implements Verdict {
        public Passed {
            headers = Map.copyOf(headers);
            Objects.requireNonNull(note, "note");
        }
    }

    /** What Envoy keeps of a request until its answer comes. */
    final class Note {
        private final Struct struct;

        private Note(Struct struct) {
            this.struct = struct;
        }

        Struct struct() {
            return struct;
        }
    }

    /**
     * What these replies say.
     *
     * @param replies at least one
     */
    static Verdict of(List<ProcessingResponse> replies) {
        ProcessingResponse first = replies.getFirst();
        if (first.hasImmediateResponse()) {
            return new Refused(first.getImmediateResponse().getStatus().getCodeValue());
        }
        CommonResponse changes = first.getRequestHeaders().getResponse();
        Map<String, String> headers = new HashMap<>();
        changes.getHeaderMutation()
                .getSetHeadersList()
                .forEach(option -> headers.put(
                        option.getHeader().getKey(),
                        option.getHeader().getRawValue().toStringUtf8()));
        return new Passed(headers, new Note(first.getDynamicMetadata()));
    }
}
