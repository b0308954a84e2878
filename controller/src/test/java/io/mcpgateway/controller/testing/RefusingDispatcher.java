package io.mcpgateway.controller.testing;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.Map;
import java.util.Queue;

/**
 * Answers a JSON patch that does not fit with 422, as a real API server does; by itself the server in memory would
 * leave its sender without any answer.
 */
final class RefusingDispatcher extends KubernetesMixedDispatcher {
    private static final int INVALID = 422;

    RefusingDispatcher(Map<ServerRequest, Queue<ServerResponse>> responses) {
        super(responses);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        try {
            return super.dispatch(request);
        } catch (JsonPatchException refusal) {
            return new MockResponse()
                    .setResponseCode(INVALID)
                    .setHeader("Content-Type", "application/json")
                    .setBody(Serialization.asJson(new StatusBuilder()
                            .withStatus("Failure")
                            .withReason("Invalid")
                            .withCode(INVALID)
                            .withMessage(String.valueOf(refusal.getMessage()))
                            .build()));
        }
    }
}
