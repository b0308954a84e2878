package io.mcpgateway.broker.session.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.session.mail.ReplyMailbox;
import io.mcpgateway.broker.session.mail.ReplyMailboxContract;
import org.junit.jupiter.api.Test;

class InMemoryReplyMailboxTest extends ReplyMailboxContract {
    private final InMemoryReplyMailbox.Office office = new InMemoryReplyMailbox.Office();

    @Override
    protected ReplyMailbox open(String address) {
        return office.open(address);
    }

    @Test
    void nobodyIsWrittenToWhoIsNotThere() {
        ReplyMailbox only = office.open("only");

        assertThat(only.leave("gone", "letter")).isFalse();
        assertThat(only.shared()).isFalse();
    }
}
