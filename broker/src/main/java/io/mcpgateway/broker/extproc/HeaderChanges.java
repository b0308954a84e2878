package io.mcpgateway.broker.extproc;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.extproc.wire.ReplyWriter;
import io.mcpgateway.broker.router.HeaderEdits;
import java.util.Map;

/** Writes the fields of Envoy's {@link HeaderMutation}. */
final class HeaderChanges {
    /** What a header takes beside its texts. */
    private static final int FRAME = 12;

    private HeaderChanges() {}

    static void write(HeaderEdits edits, ReplyWriter reply) {
        edits.set().forEach((name, value) -> {
            // The length follows from the body; Envoy computes it where it may be given.
            if (!name.equals(StandardHeaders.CONTENT_LENGTH)) {
                set(name, value, reply);
            }
        });
        // Envoy refuses to remove pseudo headers and the host; its own removals come before its additions.
        edits.remove().forEach(name -> {
            if (!name.startsWith(":") && !name.equals(StandardHeaders.HOST)) {
                remove(name, reply);
            }
        });
    }

    /** @throws IllegalArgumentException if the value could end its line: it must not reach a server */
    static void set(String name, String value, ReplyWriter reply) {
        // A loop, because this runs for every header of every call.
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if ((character < ' ' && character != '\t') || character == 0x7f) {
                throw new IllegalArgumentException("control character in the value of header " + name);
            }
        }
        reply.begin(HeaderMutation.SET_HEADERS_FIELD_NUMBER)
                .begin(HeaderValueOption.HEADER_FIELD_NUMBER)
                .text(HeaderValue.KEY_FIELD_NUMBER, name)
                .text(HeaderValue.RAW_VALUE_FIELD_NUMBER, value)
                .end()
                .number(
                        HeaderValueOption.APPEND_ACTION_FIELD_NUMBER,
                        HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD_VALUE)
                .end();
    }

    static void remove(String name, ReplyWriter reply) {
        reply.text(HeaderMutation.REMOVE_HEADERS_FIELD_NUMBER, name);
    }

    /** How many bytes they take, about. */
    static int size(HeaderEdits edits) {
        int size = size(edits.set());
        for (String name : edits.remove()) {
            size += name.length() + FRAME;
        }
        return size;
    }

    /** The same of headers to set. */
    static int size(Map<String, String> headers) {
        int size = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            size += header.getKey().length() + header.getValue().length() + FRAME;
        }
        return size;
    }
}
