package io.mcpgateway.broker.extproc.wire;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import java.util.Objects;

/** One message of Envoy, as far as it is read here. */
public sealed interface EnvoyMessage {
    /**
     * The headers of a request.
     *
     * @param endOfStream whether the request has no body
     */
    record RequestHead(EnvoyHeaders headers, boolean endOfStream, BodyProtocol protocol) implements EnvoyMessage {
        public RequestHead {
            Objects.requireNonNull(headers, "headers");
            Objects.requireNonNull(protocol, "protocol");
        }
    }

    /**
     * A piece of a request's body.
     *
     * @param endOfStream whether it is the last one
     */
    record RequestBody(ByteString bytes, boolean endOfStream) implements EnvoyMessage {
        public RequestBody {
            Objects.requireNonNull(bytes, "bytes");
        }
    }

    /** A request ends with trailers. */
    record RequestTrailers() implements EnvoyMessage {}

    /** The headers of a response, with what Envoy tells of it besides: the generated class. */
    record ResponseHead(ProcessingRequest message) implements EnvoyMessage {
        public ResponseHead {
            Objects.requireNonNull(message, "message");
        }

        public EnvoyHeaders headers() {
            return EnvoyHeaders.read(message.getResponseHeaders().getHeaders());
        }

        /** Whether the response has no body. */
        public boolean endOfStream() {
            return message.getResponseHeaders().getEndOfStream();
        }
    }

    /**
     * A piece of a response's body.
     *
     * @param endOfStream whether it is the last one
     */
    record ResponseBody(ByteString bytes, boolean endOfStream) implements EnvoyMessage {
        public ResponseBody {
            Objects.requireNonNull(bytes, "bytes");
        }
    }

    /** A response ends with trailers. */
    record ResponseTrailers() implements EnvoyMessage {}

    /** Of a kind that we do not know. */
    record Unknown() implements EnvoyMessage {}

    /** What the generated class says. */
    static EnvoyMessage of(ProcessingRequest message) {
        return switch (message.getRequestCase()) {
            case REQUEST_HEADERS ->
                new RequestHead(
                        EnvoyHeaders.read(message.getRequestHeaders().getHeaders()),
                        message.getRequestHeaders().getEndOfStream(),
                        BodyProtocol.of(message));
            case REQUEST_BODY ->
                new RequestBody(
                        message.getRequestBody().getBody(),
                        message.getRequestBody().getEndOfStream());
            case REQUEST_TRAILERS -> new RequestTrailers();
            case RESPONSE_HEADERS -> new ResponseHead(message);
            case RESPONSE_BODY ->
                new ResponseBody(
                        message.getResponseBody().getBody(),
                        message.getResponseBody().getEndOfStream());
            case RESPONSE_TRAILERS -> new ResponseTrailers();
            case REQUEST_NOT_SET -> new Unknown();
        };
    }
}
