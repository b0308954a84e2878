package io.mcpgateway.broker.era;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {
    /** The examples of MCP 2026-07-28, "Value Encoding". */
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "us-west1,us-west1",
                "'Hello, 世界','=?base64?SGVsbG8sIOS4lueVjA==?='",
                "' padded ','=?base64?IHBhZGRlZCA=?='",
                "'=?base64?literal?=','=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='"
            })
    void textIsWrittenAsTheSpecificationSays(String text, String header) {
        assertThat(HeaderText.encode(text)).isEqualTo(header);
        assertThat(HeaderText.decode(header)).contains(text);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        SplittableRandom random = new SplittableRandom(2026);
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            String text = new String(bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
            String header = HeaderText.encode(text);

            assertThat(header).matches("[ -~\t]*");
            assertThat(HeaderText.decode(header)).contains(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?base64?%%%?=",
                "=?base64?/w==?=",
                "tool\u00e9",
                "tool\n",
                "=?base64?QQ?=?=",
                "=?base64?SGVsbG8?=",
                "=?base64?SGVsbG9=?=",
                "=?base64?SGVs!!!bG8=?="
            })
    void whatIsMalformedSaysNothing(String header) {
        assertThat(HeaderText.decode(header)).isEmpty();
    }
}
