package io.mcpgateway.controller.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostnamesTest {
    @ParameterizedTest
    @CsvSource({
        "'',               mcp.example.com,        mcp.example.com",
        "'',               *.example.com,          mcp.example.com",
        "'',               *.team-a.example.com,   mcp.team-a.example.com",
        "tools.a.com,      mcp.example.com,        tools.a.com",
        "tools.a.com,      *.example.com,          tools.a.com",
        "tools.a.com,      '',                     tools.a.com",
        "tools.a.com:8001, '',                     tools.a.com",
        "localhost:8888,   '',                     localhost",
    })
    void thePublicHostIsTheConfiguredOneOrComesFromTheListener(String configured, String listener, String host) {
        assertThat(Hostnames.publicHost(configured, listener)).isEqualTo(new Hostnames.PublicHost.Derived(host));
    }

    @ParameterizedTest
    @CsvSource({
        "http://mcp.example.com, '',                  must be a hostname",
        "https://x,              mcp.example.com,     must be a hostname",
        "mcp.example.com/mcp,    '',                  only lower case letters",
        "'',                     mcp.example.com/mcp, only lower case letters",
        "mcp.example.com:port,   '',                  only lower case letters",
        "mcp.example.com:,       '',                  only lower case letters",
        "MCP.example.com,        '',                  only lower case letters",
        "user@example.com,       '',                  only lower case letters",
        "*.example.com,          '',                  only lower case letters",
        "'',                     *,                   only lower case letters",
        "-a.example.com,         '',                  must start and end",
        "a-.example.com,         '',                  must start and end",
        "a..example.com,         '',                  each part between dots",
        "'',                     '',                  no hostname available",
    })
    void aBadPublicHostIsRejectedWithTheReason(String configured, String listener, String reason) {
        assertThat(Hostnames.publicHost(configured, listener))
                .isInstanceOfSatisfying(
                        Hostnames.PublicHost.Rejected.class,
                        rejected -> assertThat(rejected.message()).contains(reason));
    }

    @Test
    void absentIsLikeEmpty() {
        assertThat(Hostnames.publicHost(null, null)).isInstanceOf(Hostnames.PublicHost.Rejected.class);
        assertThat(Hostnames.publicHost(null, "a.b")).isEqualTo(new Hostnames.PublicHost.Derived("a.b"));
    }

    @Test
    void aNameAndItsPartsHaveALimit() {
        assertThat(Hostnames.problems("a".repeat(63) + ".com")).isEmpty();
        assertThat(Hostnames.problems("a".repeat(64) + ".com")).hasSize(1);
        assertThat(Hostnames.problems("a.".repeat(126) + "a")).isEmpty();
        assertThat(Hostnames.problems("a.".repeat(127) + "a")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'',               a.example.com,       true",
        "a.example.com,    '',                  true",
        "a.example.com,    a.example.com,       true",
        "A.example.com,    a.EXAMPLE.com,       true",
        "a.example.com,    b.example.com,       false",
        "*.example.com,    a.example.com,       true",
        "*.example.com,    a.b.example.com,     true",
        "*.example.com,    example.com,         false",
        "*.example.com,    .example.com,        false",
        "*.example.com,    badexample.com,      false",
        "*.example.com,    a.example.org,       false",
        "a.example.com,    *.example.com,       true",
        "example.com,      *.example.com,       false",
        "*.example.com,    *.example.com,       true",
        "*.example.com,    *.a.example.com,     true",
        "*.a.example.com,  *.example.com,       true",
        "*.a.example.com,  *.b.example.com,     false",
    })
    void hostsIntersectAsTheGatewayApiSays(String listener, String route, boolean expected) {
        assertThat(Hostnames.intersect(listener, route)).isEqualTo(expected);
        assertThat(Hostnames.intersect(route, listener)).isEqualTo(expected);
    }
}
