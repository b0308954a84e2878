package io.mcpgateway.broker.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URIs the Python SDK 1 surely reads; checked against it when these rows were written. */
class UriRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///a b/é.txt",
                "file://host/x",
                "test://1",
                "urn:a:b",
                "a:",
                "note:///x",
                "http://h:8080/?q#f",
                "https://user:pw@example.com",
                "http://127.0.0.1/",
                "http://[::1]:80/",
                "custom+x.y-z://h_1/a{b}",
                "db://",
                "demo://resource/static/document/architecture.md",
                "screen://local:9/x",
                "mailto:a@b",
            })
    void read(String uri) {
        assertThat(UriRule.fits(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/a",
                "//h/a",
                "a b:c",
                "1a:b",
                "http://",
                "http:///x",
                "http:x",
                "http://h:99999/",
                "http://h:x/",
                "http://a b/",
                "http://1.2.3.4.5/",
                "http://256.1.1.1/",
                "http://[::1/",
                "x://a b/",
                "x://h:1:2/",
                "http://exa%mple/",
                "x://:80/",
                "file://u@h/",
                "x://u@/",
                "http://é/",
                "ftp://",
                "x://[zz]/",
            })
    void notRead(String uri) {
        assertThat(UriRule.fits(uri)).isFalse();
    }
}
