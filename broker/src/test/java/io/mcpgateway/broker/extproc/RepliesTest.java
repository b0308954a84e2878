package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.mcpgateway.broker.extproc.wire.EncodedReply;
import io.mcpgateway.broker.extproc.wire.EnvoyMessage;
import io.mcpgateway.broker.extproc.wire.ProcessMethod;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RepliesTest {
    private static final EncodedReply REPLY = DecisionEncoder.discardBody();

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private final Replies replies = new Replies(new Recorder(), loop::add, _ -> {});

    @Test
    void whatOneStepSaysIsSentByOneTaskOfTheLoop() {
        replies.next(REPLY);
        replies.next(REPLY);
        replies.complete();
        assertThat(loop).isEmpty();

        replies.handOver();

        assertThat(loop).hasSize(1);
        assertThat(sent).isEmpty();
        runNext();
        assertThat(sent).containsExactly("begin", "reply", "reply", "end OK");
    }

    @Test
    void aStepThatSaysNothingIsNoTask() {
        replies.handOver();
        replies.next(REPLY);
        replies.handOver();
        replies.handOver();

        assertThat(loop).hasSize(1);
    }

    @Test
    void laterStepsComeLater() {
        replies.next(REPLY);
        replies.handOver();
        replies.complete();
        replies.handOver();

        runNext();
        assertThat(sent).containsExactly("begin", "reply");
        runNext();
        assertThat(sent).containsExactly("begin", "reply", "end OK");
    }

    private void runNext() {
        Objects.requireNonNull(loop.poll()).run();
    }

    private final class Recorder extends ServerCall<EnvoyMessage, EncodedReply> {
        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {
            sent.add("begin");
        }

        @Override
        public void sendMessage(EncodedReply reply) {
            sent.add("reply");
        }

        @Override
        public void close(Status status, Metadata trailers) {
            sent.add("end " + status.getCode());
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<EnvoyMessage, EncodedReply> getMethodDescriptor() {
            return ProcessMethod.descriptor();
        }
    }
}
