package io.mcpgateway.broker.extproc.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The method of Envoy's external processor, with our own messages: the same bytes as with the generated ones. */
public final class ProcessMethod {
    /** The service that has it. */
    public static final String SERVICE = ExternalProcessorGrpc.SERVICE_NAME;

    private static final MethodDescriptor<EnvoyMessage, EncodedReply> DESCRIPTOR =
            ExternalProcessorGrpc.getProcessMethod().toBuilder(new Messages(), new EncodedReplies())
                    .build();

    private ProcessMethod() {}

    public static MethodDescriptor<EnvoyMessage, EncodedReply> descriptor() {
        return DESCRIPTOR;
    }

    private static final class Messages implements MethodDescriptor.Marshaller<EnvoyMessage> {
        @Override
        public EnvoyMessage parse(InputStream stream) {
            byte[] bytes;
            try {
                bytes = stream instanceof KnownLength ? all(stream, stream.available()) : stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return MessageReader.read(bytes).orElseGet(() -> generated(bytes));
        }

        private static byte[] all(InputStream stream, int length) throws IOException {
            byte[] bytes = new byte[length];
            stream.readNBytes(bytes, 0, length); // of a message that gRPC has whole
            return bytes;
        }

        private static EnvoyMessage generated(byte[] bytes) {
            try {
                return EnvoyMessage.of(ProcessingRequest.parseFrom(bytes));
            } catch (InvalidProtocolBufferException e) {
                throw Status.INTERNAL
                        .withDescription("Invalid protobuf byte sequence")
                        .withCause(e)
                        .asRuntimeException();
            }
        }

        @Override
        public InputStream stream(EnvoyMessage message) {
            throw new UnsupportedOperationException("the processor only gets these");
        }
    }

    private static final class EncodedReplies implements MethodDescriptor.Marshaller<EncodedReply> {
        @Override
        public InputStream stream(EncodedReply reply) {
            return reply.stream();
        }

        @Override
        public EncodedReply parse(InputStream stream) {
            throw new UnsupportedOperationException("the processor only sends these");
        }
    }
}
