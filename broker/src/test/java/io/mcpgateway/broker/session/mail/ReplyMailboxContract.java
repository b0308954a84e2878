package io.mcpgateway.broker.session.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link ReplyMailbox} must do; each adapter's test extends it. */
public abstract class ReplyMailboxContract {
    /** A mailbox that shares its store with the other ones of this test, and with no others. */
    protected abstract ReplyMailbox open(String address);

    @Test
    void aLetterReachesItsAddressOnceAndNobodyElse() {
        ReplyMailbox one = opened("one");
        ReplyMailbox two = opened("two");
        ReplyMailbox three = opened("three");

        assertThat(one.leave("two", "hello\n{\"n\":1.0,\"s\":\"é\"}")).isTrue();

        assertThat(two.collect()).containsExactly("hello\n{\"n\":1.0,\"s\":\"é\"}");
        assertThat(two.collect()).isEmpty();
        assertThat(one.collect()).isEmpty();
        assertThat(three.collect()).isEmpty();
    }

    @Test
    void lettersKeepTheirOrder() {
        ReplyMailbox one = opened("one");
        ReplyMailbox two = opened("two");
        List<String> left = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            left.add("letter " + number);
            one.leave("two", "letter " + number);
        }

        assertThat(two.collect()).isEqualTo(left);
    }

    @Test
    void anAnnouncementReachesEverybodyElse() {
        ReplyMailbox one = opened("one");
        ReplyMailbox two = opened("two");
        ReplyMailbox three = opened("three");

        one.announce("over");
        two.announce("and out");

        assertThat(one.collect()).containsExactly("and out");
        assertThat(two.collect()).containsExactly("over");
        assertThat(three.collect()).containsExactly("over", "and out");
        assertThat(three.collect()).isEmpty();
    }

    @Test
    void aFullBoxTakesNoMoreUntilItIsEmptied() {
        ReplyMailbox one = opened("one");
        ReplyMailbox two = opened("two");
        int taken = 0;
        while (one.leave("two", "letter")) {
            taken++;
        }

        assertThat(taken).isBetween(100, 1000);
        assertThat(two.collect()).hasSize(taken);
        assertThat(one.leave("two", "letter")).isTrue();
    }

    @Test
    void aLetterThatIsTooLongIsNotTaken() {
        ReplyMailbox one = opened("one");
        ReplyMailbox two = opened("two");

        assertThat(one.leave("two", "x".repeat(ReplyMailbox.MAX_LETTER + 1))).isFalse();
        one.announce("x".repeat(ReplyMailbox.MAX_ANNOUNCEMENT + 1));
        assertThat(two.collect()).isEmpty();
    }

    @Test
    void manyMayLeaveLettersAtOnce() throws Exception {
        ReplyMailbox one = opened("one");
        ReplyMailbox two = opened("two");
        List<Future<?>> tasks = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 50; number++) {
                String letter = "letter " + number;
                tasks.add(threads.submit(() -> one.leave("two", letter)));
            }
        }
        for (Future<?> task : tasks) {
            assertThat(task.get()).isEqualTo(true);
        }

        assertThat(two.collect()).hasSize(50).doesNotHaveDuplicates();
    }

    /** It has looked into its box, as one does that begins to wait. */
    private ReplyMailbox opened(String address) {
        ReplyMailbox mailbox = open(address);
        assertThat(mailbox.collect()).isEmpty();
        return mailbox;
    }
}
