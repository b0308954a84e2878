package io.mcpgateway.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerBindingTest {
    private static CallerBinding of(String... authorization) {
        return CallerBinding.of(List.of(authorization));
    }

    private static String jwt(String claims, String signature) {
        return "eyJhbGciOiJSUzI1NiJ9."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + signature;
    }

    @Test
    void noCredentialIsAnonymous() {
        assertThat(of()).isSameAs(CallerBinding.ANONYMOUS);
    }

    @Test
    void aRefreshedJwtOfOnePrincipalBindsAlike() {
        String first = jwt("{\"iss\":\"https://idp\",\"sub\":\"alice\",\"exp\":1,\"groups\":[\"a\",{\"b\":1}]}", "x");
        String second = jwt("{\"exp\":2,\"sub\":\"alice\",\"iss\":\"https://idp\"}", "y");

        assertThat(of("Bearer " + first)).isEqualTo(of("bearer  " + second));
        assertThat(of("Bearer " + first).value()).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void differentCallersNeverBindAlike() {
        List<CallerBinding> bindings = List.of(
                CallerBinding.ANONYMOUS,
                of(""),
                of("Bearer "),
                of("Bearer a"),
                of("bearer a"),
                of("Basic a"),
                of("Bearer a", "Bearer b"),
                of("Bearer b", "Bearer a"),
                of("Bearer a", "Bearer a"),
                of("Bearer " + jwt("{\"iss\":\"i\",\"sub\":\"a\"}", "x")),
                of("Bearer " + jwt("{\"iss\":\"i\",\"sub\":\"b\"}", "x")),
                of("Bearer " + jwt("{\"iss\":\"j\",\"sub\":\"a\"}", "x")),
                of("Bearer " + jwt("{\"iss\":\"ia\",\"sub\":\"\"}", "x")),
                of("Bearer " + jwt("{\"iss\":\"i\"}", "x")),
                of("Bearer " + jwt("{\"iss\":\"i\"}", "y")),
                of("Bearer " + jwt("{\"sub\":\"a\"}", "x")),
                of("Bearer " + jwt("{\"iss\":\"i\",\"sub\":7}", "x")),
                of("Bearer " + jwt("{\"iss\":\"i\",\"sub\":\"b\",\"sub\":\"a\"}", "x")),
                of("Bearer " + jwt("[]", "x")),
                of("Bearer " + jwt("{\"iss\":\"i\",\"sub\":\"a\"}", "x") + ".y.z"),
                of("Token " + jwt("{\"iss\":\"i\",\"sub\":\"a\"}", "x")));
        Set<CallerBinding> distinct = new HashSet<>(bindings);

        assertThat(distinct).hasSameSizeAs(bindings);
    }
}
