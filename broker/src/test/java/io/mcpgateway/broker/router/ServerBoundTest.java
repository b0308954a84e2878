package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.wire.WithheldHeaders;
import io.mcpgateway.broker.catalog.CallAuthorization;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerBoundTest {
    private static final CallAuthorization SHARED = new CallAuthorization.Shared(new Credential(" Bearer shared "));

    static Stream<CallAuthorization> all() {
        return Stream.of(new CallAuthorization.None(), new CallAuthorization.Forward(), SHARED);
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatProvesSomebodyToTheGatewayReachesNoServer(CallAuthorization authorization) {
        assertThat(ServerBound.edits(authorization).remove())
                .containsAll(WithheldHeaders.FROM_SERVERS)
                .contains("cookie", "proxy-authorization", "x-mcp-upstream-authorization")
                .doesNotContain("traceparent", "x-request-id", "mcp-param-city", "accept-language", "x-tenant");
    }

    @Test
    void authorizationIsTheCallersTheSharedOneOrAbsent() {
        assertThat(ServerBound.edits(new CallAuthorization.None()).remove()).contains("authorization");
        assertThat(ServerBound.edits(new CallAuthorization.None()).set()).isEmpty();
        assertThat(ServerBound.edits(new CallAuthorization.Forward()).remove()).doesNotContain("authorization");
        assertThat(ServerBound.edits(new CallAuthorization.Forward()).set()).isEmpty();
        assertThat(ServerBound.edits(SHARED).set()).isEqualTo(Map.of("authorization", "Bearer shared"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void noServerSpeaksForTheGatewaysHost(CallAuthorization authorization) {
        assertThat(ServerBound.withheld(authorization))
                .containsAll(WithheldHeaders.FROM_CLIENTS)
                .doesNotContain(
                        "content-type", "mcp-session-id", "cache-control", "traceresponse", "x-accel-buffering");
    }

    @Test
    void aChallengePassesOnlyWhereTheCallersOwnTokenWent() {
        assertThat(ServerBound.withheld(new CallAuthorization.None())).contains("www-authenticate");
        assertThat(ServerBound.withheld(SHARED)).contains("www-authenticate");
        assertThat(ServerBound.withheld(new CallAuthorization.Forward())).doesNotContain("www-authenticate");
    }

    @Test
    void laterEditsApplyToWhatEarlierOnesMade() {
        HeaderEdits earlier = new HeaderEdits(Map.of("a", "1", "b", "1"), Set.of("c"));

        HeaderEdits both = earlier.then(new HeaderEdits(Map.of("c", "2"), Set.of("a", "d")));

        assertThat(both.set()).isEqualTo(Map.of("b", "1", "c", "2"));
        assertThat(both.remove()).containsExactlyInAnyOrder("a", "c", "d");
    }
}
