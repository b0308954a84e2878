package io.mcpgateway.broker.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.session.mail.ReplyMailbox;
import io.mcpgateway.broker.session.mail.ReplyMailboxContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

class RedisReplyMailboxTest extends ReplyMailboxContract {
    private static final AtomicInteger SPACES = new AtomicInteger();
    private static final RedisTimeouts PATIENT =
            new RedisTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static RedisProcess redis;

    private final List<RedisReplyMailbox> open = new ArrayList<>();
    private String space = "";

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void name() {
        space = "mail-" + SPACES.incrementAndGet();
    }

    @AfterEach
    void close() {
        open.forEach(RedisReplyMailbox::close);
    }

    @Override
    protected ReplyMailbox open(String address) {
        return open(redis.url(), address);
    }

    private ReplyMailbox open(RedisUrl url, String address) {
        RedisReplyMailbox mailbox = new RedisReplyMailbox(url, PATIENT, space, address);
        open.add(mailbox);
        return mailbox;
    }

    @Test
    void gatewaysWithOtherKeysShareNothing() {
        ReplyMailbox here = open("one");
        here.collect();
        space = "another-space";
        ReplyMailbox there = open("two");
        there.leave("one", "letter");
        there.announce("announcement");

        assertThat(here.collect()).isEmpty();
    }

    @Test
    void theBytesOfABoxAreBounded() {
        ReplyMailbox one = open("one");
        ReplyMailbox two = open("two");
        String large = "x".repeat(ReplyMailbox.MAX_LETTER);
        int taken = 0;
        while (one.leave("two", large)) {
            taken++;
        }

        assertThat(taken).isBetween(2, 10);
        assertThat(two.collect()).hasSize(taken);
        assertThat(one.leave("two", large)).isTrue();
    }

    @Test
    void whatNobodyCollectsDisappears() {
        ReplyMailbox one = open("one");
        one.leave("two", "letter");
        one.announce("announcement");

        try (RedisClient client = RedisClient.builder()
                .hostAndPort(redis.url().host(), redis.url().port())
                .clientConfig(DefaultJedisClientConfig.builder()
                        .password(RedisProcess.PASSWORD)
                        .build())
                .build()) {
            assertThat(client.pttl("mcp-gateway:" + space + ":mail:to:two")).isBetween(1L, 60_000L);
            assertThat(client.pttl("mcp-gateway:" + space + ":mail:all")).isBetween(1L, 60_000L);
        }
    }

    @Test
    void aServerThatCannotBeAskedIsAFailure() {
        RedisUrl nobody = new RedisUrl("127.0.0.1", 1, false, Optional.empty(), Optional.empty(), 0);
        ReplyMailbox mailbox = open(nobody, "one");

        assertThatThrownBy(() -> mailbox.leave("two", "letter")).isInstanceOf(SessionStoreException.class);
        assertThatThrownBy(mailbox::collect).isInstanceOf(SessionStoreException.class);
    }
}
