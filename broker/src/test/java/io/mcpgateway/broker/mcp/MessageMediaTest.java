package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageMediaTest {
    /** Charsets that a server's framework may obey: those of iconv-lite, of Python's codecs, of Java. */
    private static final List<String> CHARSETS = List.of(
            "utf-7",
            "UTF-7",
            "unicode-1-1-utf-7",
            "utf-16",
            "utf-16le",
            "utf-16be",
            "utf-32",
            "ucs-2",
            "latin1",
            "iso-8859-1",
            "us-ascii",
            "windows-1252",
            "cp037",
            "ibm500",
            "base64",
            "hex",
            "gbk",
            "shift_jis",
            "iso-2022-jp",
            "hz-gb-2312",
            "cesu-8",
            "utf-8-sig",
            "utf8",
            "utf_8",
            "utf-8 ",
            "utf-8,utf-7",
            "binary",
            "*",
            "x");

    static Stream<String> otherCharsets() {
        return CHARSETS.stream()
                .flatMap(charset -> Stream.of(
                        "application/json; charset=" + charset,
                        "application/json;charset=\"" + charset + "\"",
                        "Application/JSON ;\tCharSet=" + charset,
                        "application/json; charset=utf-8; charset=" + charset,
                        "application/json; charset=" + charset + "; charset=utf-8",
                        "application/json; a=\"b;c\"; charset=" + charset,
                        "application/json;; charset*=utf-8''" + charset,
                        "application/json; charset*0=" + charset))
                // A blank behind the value says nothing.
                .filter(type -> !type.endsWith("=utf-8 ") || type.contains("charset=utf-8;"));
    }

    @ParameterizedTest
    @MethodSource("otherCharsets")
    void anotherCharsetIsRefusedHoweverItIsWritten(String contentType) {
        assertThat(problem(contentType)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                " application/json\t",
                "application/json;",
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8",
                "application/json ; Charset=\"Utf-8\" ",
                "application/json; version=1; charset=utf-8",
                "application/json; charset=utf-8; a=\"; charset=utf-7\"",
                "application/json;;; charset=utf-8;;"
            })
    void jsonInUtf8IsReadHoweverItIsWritten(String contentType) {
        assertThat(problem(contentType)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "text/json",
                "application/jsonx",
                "application/json-rpc",
                "application/problem+json",
                "application/json, application/json",
                "application/json,text/plain; charset=utf-7",
                "application/json charset=utf-7",
                "application/json; charset",
                "application/json; charset=",
                "application/json; charset = utf-8",
                "application/json; charset=utf-8 x",
                "application/json; charset=\"utf-8",
                "application/json; charset=\"utf\\-8\"",
                "application/json; charset=utf-8\"",
                "application/json; =utf-8",
                "application/json; charset=utf-8, application/json",
                "application/json; \u0441harset=utf-7",
                "application/json\u0000; charset=utf-8",
                "multipart/form-data; boundary=application/json"
            })
    void anythingElseIsRefused(String contentType) {
        assertThat(problem(contentType)).isNotEmpty();
    }

    @Test
    void thereIsOneContentType() {
        assertThat(MessageMedia.problem(RequestHeaders.EMPTY)).isPresent();
        assertThat(problem("application/json", "application/json")).contains("given 2 times");
        assertThat(problem("application/json", "application/json; charset=utf-7"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZIP",
                "x-gzip",
                "deflate",
                "br",
                "zstd",
                "compress",
                "identity, gzip",
                "gzip,identity",
                "x"
            })
    void anEncodedMessageIsRefused(String encoding) {
        assertThat(problem(Map.of("content-type", List.of("application/json"), "content-encoding", List.of(encoding))))
                .contains("Content-Encoding");
        assertThat(problem(Map.of(
                        "content-type",
                        List.of("application/json"),
                        "content-encoding",
                        List.of("identity", encoding))))
                .contains("Content-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", "", " identity , identity"})
    void identityIsNoEncoding(String encoding) {
        RequestHeaders headers = RequestHeaders.of(
                Map.of("content-type", List.of("application/json"), "content-encoding", List.of(encoding)));

        assertThat(MessageMedia.problem(headers)).isEmpty();
        assertThat(MessageMedia.isPlain(headers)).isFalse();
    }

    private static String problem(String... contentTypes) {
        return problem(Map.of("content-type", List.of(contentTypes)));
    }

    private static String problem(Map<String, List<String>> headers) {
        return MessageMedia.problem(RequestHeaders.of(headers)).orElse("");
    }
}
