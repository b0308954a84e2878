package io.mcpgateway.broker.extproc.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.BodySendMode;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProtocolConfiguration;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message in its usual form: a request's headers with the protocol that our filter chain uses, or a piece of
 * its body. Empty for everything else, also if the bytes make no message: then the generated class has the say.
 */
final class MessageReader {
    private static final int REQUEST_HEADERS = lengthDelimited(ProcessingRequest.REQUEST_HEADERS_FIELD_NUMBER);
    private static final int REQUEST_BODY = lengthDelimited(ProcessingRequest.REQUEST_BODY_FIELD_NUMBER);
    private static final int PROTOCOL = lengthDelimited(ProcessingRequest.PROTOCOL_CONFIG_FIELD_NUMBER);
    private static final int METADATA = lengthDelimited(ProcessingRequest.METADATA_CONTEXT_FIELD_NUMBER);
    private static final int HEADER_MAP = lengthDelimited(HttpHeaders.HEADERS_FIELD_NUMBER);
    private static final int HEADERS_END = varint(HttpHeaders.END_OF_STREAM_FIELD_NUMBER);
    private static final int HEADER = lengthDelimited(HeaderMap.HEADERS_FIELD_NUMBER);
    private static final int KEY = lengthDelimited(HeaderValue.KEY_FIELD_NUMBER);
    private static final int RAW_VALUE = lengthDelimited(HeaderValue.RAW_VALUE_FIELD_NUMBER);
    private static final int BODY = lengthDelimited(HttpBody.BODY_FIELD_NUMBER);
    private static final int BODY_END = varint(HttpBody.END_OF_STREAM_FIELD_NUMBER);
    private static final int BODY_MODE = varint(ProtocolConfiguration.REQUEST_BODY_MODE_FIELD_NUMBER);
    private static final int ANSWER_MODE = varint(ProtocolConfiguration.RESPONSE_BODY_MODE_FIELD_NUMBER);
    private static final int UNASKED =
            varint(ProtocolConfiguration.SEND_BODY_WITHOUT_WAITING_FOR_HEADER_RESPONSE_FIELD_NUMBER);
    private static final BodyProtocol USUAL = new BodyProtocol.BodyComesUnasked();

    private final byte[] bytes;
    private final CodedInputStream in;
    private EnvoyHeaders.@Nullable Reading headers;
    private EnvoyMessage.@Nullable RequestBody body;
    private boolean usualProtocol;
    private boolean endOfStream;

    private MessageReader(byte[] bytes) {
        this.bytes = bytes;
        this.in = CodedInputStream.newInstance(bytes);
    }

    /** The message keeps the bytes, which must not change any more. */
    static Optional<EnvoyMessage> read(byte[] bytes) {
        try {
            return new MessageReader(bytes).message();
        } catch (IOException notAMessage) {
            return Optional.empty();
        }
    }

    private Optional<EnvoyMessage> message() throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean usual = true;
            if (tag == REQUEST_HEADERS && headers == null && body == null) {
                usual = inside(this::httpHeaders);
            } else if (tag == REQUEST_BODY && headers == null && body == null) {
                usual = inside(this::httpBody);
            } else if (tag == PROTOCOL && !usualProtocol) {
                usual = inside(this::protocol);
            } else if (tag == METADATA) {
                usual = in.readRawVarint32() == 0; // before the call is decided, nobody has written any
            } else {
                usual = false;
            }
            if (!usual) {
                return Optional.empty();
            }
        }
        if (body != null) {
            return Optional.of(body);
        }
        return headers != null && usualProtocol
                ? Optional.of(new EnvoyMessage.RequestHead(headers.done(), endOfStream, USUAL))
                : Optional.empty();
    }

    private interface Part {
        /** Whether everything in it was as usual; only then it was read to its end. */
        boolean read() throws IOException;
    }

    private boolean inside(Part part) throws IOException {
        int before = in.pushLimit(in.readRawVarint32());
        boolean usual = part.read();
        in.popLimit(before);
        return usual;
    }

    private boolean httpHeaders() throws IOException {
        headers = new EnvoyHeaders.Reading(RequestHeaders.reading(bytes));
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == HEADERS_END) {
                endOfStream = in.readBool();
            } else if (tag != HEADER_MAP || !inside(this::headerMap)) {
                return false;
            }
        }
        return true;
    }

    private boolean headerMap() throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag != HEADER || !inside(this::header)) {
                return false;
            }
        }
        return true;
    }

    private boolean header() throws IOException {
        int nameStart = 0;
        int nameEnd = 0;
        int start = 0;
        int end = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag != KEY && tag != RAW_VALUE) {
                return false;
            }
            int length = in.readRawVarint32();
            int from = in.getTotalBytesRead();
            in.skipRawBytes(length); // throws if there are fewer
            if (tag == KEY) {
                nameStart = from;
                nameEnd = from + length;
            } else {
                start = from;
                end = from + length;
            }
        }
        String name = HeaderNames.find(bytes, nameStart, nameEnd);
        if (name.isEmpty() || headers == null) {
            return false;
        }
        if (name.startsWith(":")) {
            headers.pseudo(name, RequestHeaders.text(bytes, start, end));
        } else {
            headers.headers.add(name, start, end);
        }
        return true;
    }

    private boolean httpBody() throws IOException {
        int start = 0;
        int end = 0;
        boolean last = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == BODY) {
                int length = in.readRawVarint32();
                start = in.getTotalBytesRead();
                end = start + length;
                in.skipRawBytes(length);
            } else if (tag == BODY_END) {
                last = in.readBool();
            } else {
                return false;
            }
        }
        body = new EnvoyMessage.RequestBody(UnsafeByteOperations.unsafeWrap(bytes, start, end - start), last);
        return true;
    }

    private boolean protocol() throws IOException {
        int mode = BodySendMode.NONE_VALUE;
        boolean unasked = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == BODY_MODE) {
                mode = in.readEnum();
            } else if (tag == UNASKED) {
                unasked = in.readBool();
            } else if (tag == ANSWER_MODE) {
                in.readEnum();
            } else {
                return false;
            }
        }
        usualProtocol = mode == BodySendMode.STREAMED_VALUE && unasked;
        return usualProtocol;
    }

    private static int lengthDelimited(int field) {
        return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private static int varint(int field) {
        return (field << 3) | WireFormat.WIRETYPE_VARINT;
    }
}
