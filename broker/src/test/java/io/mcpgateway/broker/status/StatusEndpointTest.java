package io.mcpgateway.broker.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.endpoint.EndpointFixture;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusEndpointTest {
    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void everyServerIsReportedWithItsConflicts() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha", "beta");
        fixture.report(EndpointFixture.TWO, "s1_alpha", "gamma");

        assertThat(fixture.send("GET", "/status").body())
                .isEqualTo(EndpointFixture.golden("status.json").strip());
        assertThat(fixture.send("GET", "/status/").statusCode()).isEqualTo(200);
    }

    @Test
    void aServerThatLostNamesIsNotReadyAndSaysWhoKeepsThem() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha");
        fixture.report(EndpointFixture.TWO, "s1_alpha");

        assertThat(fixture.send("GET", "/status/ns/two").body())
                .contains("\"ready\":false", "conflict", "ns/one", "ns/two");
        assertThat(fixture.send("GET", "/status/ns%2Fone").body()).contains("\"ready\":true");
    }

    /** The prefix counts: s1_ and 62 characters are 65. */
    @Test
    void namesThatSomeModelsDoNotTakeAreNamedUpToABound() throws Exception {
        String[] names = new String[100];
        Arrays.setAll(names, number -> "n".repeat(60) + (10 + number));
        names[0] = "fine";
        fixture.report(EndpointFixture.ONE, names);

        String status = fixture.send("GET", "/status/ns/one").body();

        assertThat(status)
                .contains("\"totalTools\":100", "\"totalDoubtfulNames\":99")
                .contains("s1_" + names[1])
                .doesNotContain("s1_fine", "s1_" + names[99]);
    }

    @Test
    void anUnknownServerIs404AndTheFormatIsNamed() throws Exception {
        HttpResponse<String> response = fixture.send("GET", "/status/ns/nobody");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .contains("'ns/nobody' not found", "namespace/")
                .startsWith("{\"error\":");
    }

    @Test
    void noForeignPageReadsIt() throws Exception {
        assertThat(fixture.send("GET", "/status", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        for (String path : List.of("/status", "/status/ns/one", "/health", "/readyz")) {
            assertThat(fixture.send("GET", path, "Origin", EndpointFixture.PAGE)
                            .headers()
                            .map())
                    .as(path)
                    .doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void onlyGetIsAllowed() throws Exception {
        HttpResponse<String> response = fixture.send("DELETE", "/status");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.body()).isEqualTo("{\"error\":\"Method not allowed. Supported methods: GET\"}");
    }

    @Test
    void aLongPollIsAnsweredAtTheNextChange() throws Exception {
        long revision = fixture.cell.get().revision();
        CompletableFuture<String> poll = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return fixture.send("GET", "/status?after=" + revision + "&wait=15s")
                                .body();
                    } catch (Exception problem) {
                        throw new IllegalStateException(problem);
                    }
                },
                Thread::startVirtualThread);
        assertThat(fixture.send("GET", "/status?after=" + revision + "&wait=50ms")
                        .body())
                .startsWith("{\"revision\":" + revision + ",");
        assertThat(poll).isNotDone();

        fixture.report(EndpointFixture.ONE, "alpha");

        assertThat(poll.join()).startsWith("{\"revision\":" + (revision + 1) + ",");
    }

    @Test
    void aRevisionOfAnotherProcessIsAnsweredAtOnce() throws Exception {
        assertThat(fixture.send("GET", "/status?after=999999&wait=60s").statusCode())
                .isEqualTo(200);
    }

    @Test
    void drainingEndsALongPoll() throws Exception {
        fixture.readiness.draining();

        assertThat(fixture.send("GET", "/status?after=" + fixture.cell.get().revision() + "&wait=60s")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"after=x", "after=-1", "after=", "after=1&wait=soon", "after=1&wait=-1s", "wait=5s", "after=1.5"
            })
    void aBadQueryIs400(String query) throws Exception {
        HttpResponse<String> response = fixture.send("GET", "/status?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"error\":");
    }

    @ParameterizedTest
    @CsvSource({
        "after=3&wait=30s, 3, 30000",
        "after=3, 3, 0",
        "after=3&wait=5m, 3, 60000",
        "x=1&after=3&wait=20ms, 3, 20"
    })
    void theWaitIsCapped(String query, long revision, long millis) {
        assertThat(StatusQuery.parse(Optional.of(query)))
                .isEqualTo(new StatusQuery.After(revision, Duration.ofMillis(millis)));
    }
}
