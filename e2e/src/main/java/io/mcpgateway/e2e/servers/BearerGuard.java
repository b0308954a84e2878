package io.mcpgateway.e2e.servers;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Only accepts requests with {@code Authorization: Bearer} and the token; others get 401 (RFC 6750). */
final class BearerGuard extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final String expected;

    BearerGuard(String token) {
        this.expected = "Bearer " + token;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!matches(request.getHeader("Authorization"))) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"sample\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setContentType("text/plain");
            response.getWriter().println("this server requires a different Authorization header");
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean matches(@Nullable String authorization) {
        return authorization != null
                && MessageDigest.isEqual(
                        authorization.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
