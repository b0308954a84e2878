package io.mcpgateway.api.contract.reason;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a broker's router would decide about a call now.
 *
 * @param decision {@link #FORWARDED}, {@link #BRIDGED}, {@link #ANSWERED} or {@link #REFUSED}, as in the audit log
 * @param server the registration that gets it; empty if none does
 * @param ownName what that server calls it
 * @param url what the URL chose, as a path on the gateway's hosts
 * @param host under which the call goes on to the server
 * @param serverVersion revision that the server is spoken to in; empty without a server
 * @param serverVersions every revision that the server was seen to speak, oldest first
 * @param headers what policies and servers are told, by name; no credential, and nothing that depends on the session
 * @param answer what the client gets, if the call is refused
 * @param micros how long the router took to decide
 */
public record RoutedCall(
        String decision,
        String server,
        String ownName,
        String url,
        String host,
        String serverVersion,
        List<String> serverVersions,
        Map<String, String> headers,
        Optional<Answer> answer,
        long micros) {
    /** The decisions. */
    public static final String FORWARDED = "forwarded";

    public static final String BRIDGED = "bridged";
    public static final String ANSWERED = "answered";
    public static final String REFUSED = "refused";

    /** Of the call, in the query: {@code tools/call} if it is missing. */
    public static final String METHOD_PARAMETER = "method";

    /** Revision that the client speaks, in the query. */
    public static final String VERSION_PARAMETER = "protocolVersion";

    /**
     * An answer of the router itself.
     *
     * @param status of HTTP
     * @param body a JSON-RPC error; of a longer one the beginning
     */
    public record Answer(int status, String body) {
        public Answer {
            Objects.requireNonNull(body, "body");
        }
    }

    /**
     * A call to be decided on.
     *
     * @param method {@code tools/call}, {@code prompts/get} or {@code resources/read}
     * @param name of the tool or prompt, or URI of the resource, as the client writes it
     * @param virtualServer that the client's header names
     * @param url where the client sends it, or its path; {@code /mcp} if it is missing
     * @param protocolVersion revision that the client speaks
     */
    public record Question(
            String method, String name, Optional<String> virtualServer, Optional<String> url, String protocolVersion) {
        public Question {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(virtualServer, "virtualServer");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(protocolVersion, "protocolVersion");
        }
    }

    public RoutedCall {
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(ownName, "ownName");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(serverVersion, "serverVersion");
        serverVersions = List.copyOf(serverVersions);
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        Objects.requireNonNull(answer, "answer");
    }

    /** The same decision without the time that it took, to be compared. */
    public RoutedCall untimed() {
        return new RoutedCall(decision, server, ownName, url, host, serverVersion, serverVersions, headers, answer, 0);
    }
}
