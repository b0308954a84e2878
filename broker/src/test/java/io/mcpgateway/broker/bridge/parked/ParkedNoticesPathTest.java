package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a legacy server says while its call is parked. */
class ParkedNoticesPathTest extends LegacyServerPath {
    private static final String WANTED = ",\"progressToken\":\"a\",\"io.modelcontextprotocol/logLevel\":\"warning\"";

    private final CountDownLatch away = new CountDownLatch(1);
    private final CountDownLatch said = new CountDownLatch(1);

    @Test
    void theNextRequestHearsItFirst() throws Exception {
        speaksWhileTheClientIsAway(3);
        HttpResponse<String> asked = client.call("tools/call", ModernClient.DEPLOY, WANTED);
        comeBackLater();
        HttpResponse<String> answer = client.call(
                "tools/call",
                ModernClient.DEPLOY + "," + responses(state(asked), "\"q1\":" + ACCEPT),
                WANTED.replace("\"a\"", "\"b\""));

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.body())
                .containsSubsequence(
                        "\"progressToken\":\"b\",\"progress\":0",
                        "\"progressToken\":\"b\",\"progress\":1",
                        "\"progressToken\":\"b\",\"progress\":2",
                        "\"data\":\"loud\"",
                        "\"progress\":99",
                        "\"id\":\"c-2\"",
                        "done")
                .doesNotContain("quiet");
    }

    @Test
    void onlyTheLatestAreKept() throws Exception {
        speaksWhileTheClientIsAway(100);
        HttpResponse<String> asked = client.call("tools/call", ModernClient.DEPLOY, WANTED);
        comeBackLater();
        HttpResponse<String> answer = client.call(
                "tools/call", ModernClient.DEPLOY + "," + responses(state(asked), "\"q1\":" + ACCEPT), WANTED);

        // One of those that are kept is the log message.
        assertThat(answer.body().split("notifications/progress", -1)).hasSize(KeptNotices.MOST + 1);
        assertThat(answer.body()).contains("\"progress\":98", "loud", "\"progress\":99");
    }

    @Test
    void aRequestThatAsksForNothingHearsNothing() throws Exception {
        speaksWhileTheClientIsAway(3);
        HttpResponse<String> asked = client.call("tools/call", ModernClient.DEPLOY, WANTED);
        comeBackLater();
        HttpResponse<String> answer = client.deploy(responses(state(asked), "\"q1\":" + ACCEPT));

        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).contains("done").doesNotContain("progress", "loud");
    }

    private void speaksWhileTheClientIsAway(int steps) {
        asking.does(talk -> {
            talk.form("1");
            away.await();
            for (int step = 0; step < steps; step++) {
                progress(talk, step);
            }
            talk.send("\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"quiet\"}");
            talk.send("\"method\":\"notifications/message\",\"params\":{\"level\":\"error\",\"data\":\"loud\"}");
            // Its answer shows that the gateway has read everything before it.
            talk.send("\"id\":2,\"method\":\"ping\"");
            talk.reply();
            said.countDown();
            talk.reply();
            progress(talk, 99);
            talk.done();
        });
    }

    private static void progress(AskingServer.Talk talk, int step) throws IOException {
        talk.send(
                "\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"a\",\"progress\":" + step + "}");
    }

    private void comeBackLater() throws InterruptedException {
        away.countDown();
        said.await();
    }
}
