package io.mcpgateway.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixedNamesTest {
    private static final PrefixedNames NAMES = new PrefixedNames("p_");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'method':'tools/call','params':{'name':'a'}} | {'method':'tools/call','params':{'name':'p_a'}}",
                "{'method':'prompts/get','params':{'name':'a'}} | {'method':'prompts/get','params':{'name':'p_a'}}",
                "{'method':'completion/complete','params':{'ref':{'name':'a'}}} | {'method':'completion/complete','params':{'ref':{'name':'p_a'}}}",
                "{'method':'ping','params':{'name':'a'}} | {'method':'ping','params':{'name':'a'}}",
                "not json | not json"
            })
    void prefixGoesOnNamesInRequests(String sent, String forwarded) {
        assertThat(NAMES.outgoing(quoted(sent))).isEqualTo(quoted(forwarded));
    }

    @Test
    void prefixComesOffListsAsJsonAndAsEvents() {
        String list = quoted("{'result':{'tools':[{'name':'p_a'},{'name':'b'}]}}");
        String plain = quoted("{'result':{'tools':[{'name':'a'},{'name':'b'}]}}");

        assertThat(NAMES.incoming(list)).isEqualTo(plain);
        assertThat(NAMES.incoming("id: 1\ndata: " + list + "\n\n")).isEqualTo("id: 1\ndata: " + plain + "\n\n");
    }

    @ParameterizedTest
    @CsvSource({"a,tools/call,p_a", "b,tools/call,b", "a,resources/read,a"})
    void prefixGoesOnTheHeaderThatRepeatsTheName(String value, String method, String forwarded) {
        String body = quoted("{'method':'" + method + "','params':{'name':'a'}}");

        assertThat(NAMES.outgoingHeader(value, body)).isEqualTo(forwarded);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
