package io.mcpgateway.broker.session.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.session.redis.RedisUrl.Parsed.Refused;
import io.mcpgateway.broker.session.redis.RedisUrl.Parsed.Valid;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
    @Test
    void everyPartIsRead() {
        assertThat(RedisUrl.parse("rediss://me:s%40cr%2Fe+t@store.example.com:7000/3"))
                .isEqualTo(new Valid(
                        new RedisUrl("store.example.com", 7000, true, Optional.of("me"), Optional.of("s@cr/e+t"), 3)));
    }

    @Test
    void mostPartsHaveDefaults() {
        assertThat(RedisUrl.parse(" redis://store "))
                .isEqualTo(new Valid(new RedisUrl("store", 6379, false, Optional.empty(), Optional.empty(), 0)));
        assertThat(RedisUrl.parse("redis://:secret@[::1]/"))
                .isEqualTo(new Valid(new RedisUrl("::1", 6379, false, Optional.empty(), Optional.of("secret"), 0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "store:6379",
                "http://me:hidden@store",
                "redis://me:hidden@store/one",
                "redis://me:hidden@store/70000",
                "redis://me:hidden@store/0?protocol=3",
                "redis://me:hid den@store",
                "redis://me:hidden@",
                "redis://me:hid%zzden@store",
                "redis://a,b:6379",
            })
    void whatIsNoUrlOfAStoreIsRefusedWithoutBeingRepeated(String text) {
        assertThat(RedisUrl.parse(text))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .contains("redis://user:password@host:6379/0")
                                .doesNotContain("hid"));
    }

    @Test
    void itPrintsWithoutItsSecrets() {
        assertThat(RedisUrl.parse("redis://me:hidden@store/2")).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.toString()).doesNotContain("hidden").doesNotContain("me:");
            assertThat(valid.url().address()).isEqualTo("redis://store:6379/2");
        });
    }
}
