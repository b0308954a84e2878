package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.SessionVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFeaturesTest {
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
    private static final SessionTokens TOKENS =
            SessionTokens.withKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"elicitation\":{}}",
                "{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{\"tools\":{}},\"roots\":{\"listChanged\":true}}",
                "{ \"roots\" : {\"listChanged\" : true} }",
                "{\"experimental\":{\"x\":[1.0,12345678901234567890,\"\u00fc\\u00fc\\n\"]},\"later\":true}",
                "{\"extensions\":{\"io.modelcontextprotocol/ui\":{\"mimeTypes\":[\"text/html;profile=mcp-app\"]}}}"
            })
    void whatIsDeclaredStaysAsItCameAndGoesThroughTheToken(String capabilities) {
        ClientFeatures features = ClientFeatures.of(RawJson.of(capabilities));

        assertThat(features.declared()).hasToString(capabilities);
        assertThat(throughToken(features)).isEqualTo(features);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | false | false | false",
                "{'elicitation':{},'sampling':{},'roots':{}} | true | true | true",
                "{'elicitation':{'url':{}}} | true | false | false",
                "{'elicitation':null,'sampling':true,'roots':[]} | false | false | false",
                "[] | false | false | false",
                "7 | false | false | false",
            })
    void theGatewayGoesByTheNamesOfObjects(String capabilities, boolean elicitation, boolean sampling, boolean roots) {
        ClientFeatures features = ClientFeatures.of(RawJson.of(capabilities.replace('\'', '"')));

        assertThat(features.elicitation()).isEqualTo(elicitation);
        assertThat(features.sampling()).isEqualTo(sampling);
        assertThat(features.roots()).isEqualTo(roots);
        assertThat(features.declared().toString()).startsWith("{");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tasks':{'list':{}}} | {}",
                "{'roots':{},'tasks':{'requests':{'sampling':{'createMessage':{}}}}} | {'roots':{}}",
                "{'tasks':{}, 'sampling':{'tools':{}},'x':1.0} | {'sampling':{'tools':{}},'x':1.0}",
                "{'\\u0074asks':{},'roots':{'tasks':{}}} | {'roots':{'tasks':{}}}",
                "{'extensions':{'io.modelcontextprotocol/tasks':{}}} | {'extensions':{}}",
                "{'extensions':{'a/x':{ }, 'io.modelcontextprotocol/tasks':{'v':1},'b/y':{}}} | {'extensions':{'a/x':{ }, 'b/y':{}}}",
            })
    void tasksAreNotPassedOn(String capabilities, String declared) {
        assertThat(ClientFeatures.of(RawJson.of(capabilities.replace('\'', '"')))
                        .declared())
                .hasToString(declared.replace('\'', '"'));
    }

    @Test
    void ofTooMuchTheDetailsThatMcpKnowsStay() {
        String known = "\"elicitation\":{\"url\":{}},\"roots\":{\"listChanged\":true}";
        String large = "{" + known + ",\"experimental\":{\"x\":\"" + "x".repeat(2000) + "\"}}";

        assertThat(ClientFeatures.of(RawJson.of(large)).declared()).hasToString("{" + known + "}");
    }

    @Test
    void ofFarTooMuchTheNamesStay() {
        String large = "{\"sampling\":{\"tools\":\"" + "x".repeat(100_000) + "\"},\"roots\":{}}";

        assertThat(ClientFeatures.of(RawJson.of(large)).declared()).hasToString("{\"sampling\":{},\"roots\":{}}");
    }

    /** The longest that is kept, in a session with the longest names, fits into a header. */
    @Test
    void whatIsLeftOutForItsSizeIsNamed() {
        String large = "\"" + "y".repeat(ClientFeatures.MAX_DECLARED_BYTES) + "\"";

        assertThat(leftOut("{}")).isEmpty();
        assertThat(leftOut("{\"elicitation\":{\"url\":{}},\"extensions\":{}}")).isEmpty();
        assertThat(leftOut("{\"tasks\":" + large + ",\"roots\":{}}")).isEmpty();
        assertThat(leftOut("{\"roots\":{},\"tasks\":{},\"extensions\":" + large + ",\"experimental\":{}}"))
                .isEqualTo("extensions, experimental");
        assertThat(leftOut("{\"roots\":{},\"sampling\":{\"x\":" + large + "},\"extensions\":{}}"))
                .isEqualTo("extensions, the details of roots, the details of sampling");
        assertThat(leftOut("{\"" + "n".repeat(5000) + "\\n\":1}")).hasSize(41).endsWith("\u2026");
        assertThat(leftOut(" ".repeat(5000) + "{}")).isEmpty();
    }

    private static String leftOut(String capabilities) {
        return ClientFeatures.leftOut(RawJson.of(capabilities));
    }

    @Test
    void aTokenWithTheMostThatIsKeptIsAccepted() {
        String most = "{\"x\":\"" + "y".repeat(ClientFeatures.MAX_DECLARED_BYTES - 8) + "\"}";
        ClientFeatures features = ClientFeatures.of(RawJson.of(most));

        assertThat(features.declared().length()).isEqualTo(ClientFeatures.MAX_DECLARED_BYTES);
        assertThat(throughToken(features)).isEqualTo(features);
    }

    /** As a replica of an earlier version issued it, and as it reads ours. */
    @Test
    void aTokenWithNamesOnlyMeansEachWithoutDetails() {
        ClientFeatures plain = new ClientFeatures(true, false, true);

        assertThat(plain.declared()).hasToString("{\"elicitation\":{},\"roots\":{}}");
        assertThat(throughToken(plain)).isEqualTo(plain);
        assertThat(ClientFeatures.NONE.declared()).hasToString("{}");
    }

    private static ClientFeatures throughToken(ClientFeatures features) {
        GatewaySession session = new GatewaySession(
                new GatewaySessionId("0f8fad5b-d9cb-469f-a165-70867728950e"),
                NOW.plusSeconds(3600),
                CallerBinding.ANONYMOUS,
                Optional.of("n".repeat(63) + "/" + "v".repeat(253)),
                "2025-11-25",
                features);
        SessionVerdict verdict = TOKENS.verify(Optional.of(TOKENS.issue(session, NOW)), CallerBinding.ANONYMOUS, NOW);
        assertThat(verdict).isInstanceOf(SessionVerdict.Valid.class);
        return ((SessionVerdict.Valid) verdict).session().features();
    }
}
