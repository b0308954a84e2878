package io.mcpgateway.api.wire;

/** Members by which results and the rounds of a call hang together (MCP 2026-07-28, "Multi Round-Trip Requests"). */
public final class McpResults {
    /** On results: what kind of result it is; {@link #COMPLETE} if it does not say. */
    public static final String RESULT_TYPE = "resultType";
    /** The final result. */
    public static final String COMPLETE = "complete";
    /** What a final result says of itself, a member of a JSON object. */
    public static final String COMPLETE_MEMBER = "\"" + RESULT_TYPE + "\":\"" + COMPLETE + "\"";
    /** The server asks for input first. */
    public static final String INPUT_REQUIRED = "input_required";

    /** The call goes on as a task, which the result describes (SEP-2663). */
    public static final String TASK = "task";

    /** On tasks, on notifications about them, and in the {@code params} of requests about one: which one it is. */
    public static final String TASK_ID = "taskId";

    /** On results that ask for input: the requests, by the server's keys. */
    public static final String INPUT_REQUESTS = "inputRequests";
    /** In the {@code params} of the next round: the responses, by the same keys. */
    public static final String INPUT_RESPONSES = "inputResponses";
    /** In requests and results: the server's own state, which the client sends back unchanged. */
    public static final String REQUEST_STATE = "requestState";

    private McpResults() {}
}
