package io.mcpgateway.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "x-mcp-anything-new, true, true",
        "x-mcp-virtualserver, false, true",
        "x-mcp-authorized, false, true",
        "x-authorized-tools, false, true",
        "authorization, false, false",
        "mcp-session-id, false, false",
        "mcp-protocol-version, false, false",
        "x-request-id, false, false",
        "x-mc, false, false"
    })
    void headersAreClassified(String name, boolean internal, boolean staysAtGateway) {
        assertThat(GatewayHeaders.isInternal(name)).isEqualTo(internal);
        assertThat(GatewayHeaders.staysAtGateway(name)).isEqualTo(staysAtGateway);
    }

    /** A name that is in no list would be in no filter. */
    @Test
    void everyNameIsInExactlyOneList() {
        List<String> listed = Stream.of(
                        GatewayHeaders.OF_THE_ROUTER,
                        GatewayHeaders.OF_THE_BROKER,
                        GatewayHeaders.BETWEEN_REPLICAS,
                        GatewayHeaders.FOR_THE_GATEWAY,
                        GatewayHeaders.ON_ANSWERS)
                .flatMap(List::stream)
                .toList();

        assertThat(listed).containsExactlyInAnyOrderElementsOf(names());
    }

    @Test
    void whatRouterOrBrokerSetIsInternal() {
        assertThat(GatewayHeaders.OF_THE_ROUTER).allMatch(GatewayHeaders::isInternal);
        assertThat(GatewayHeaders.OF_THE_BROKER).allMatch(GatewayHeaders::isInternal);
        assertThat(GatewayHeaders.BETWEEN_REPLICAS).allMatch(GatewayHeaders::isInternal);
        assertThat(GatewayHeaders.FOR_THE_GATEWAY).noneMatch(GatewayHeaders::isInternal);
    }

    @Test
    void theSecurityModelNamesEveryHeaderThatIsRemoved() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "security-model.md"));

        assertThat(Stream.concat(GatewayHeaders.OF_THE_ROUTER.stream(), GatewayHeaders.OF_THE_BROKER.stream()))
                .allSatisfy(header -> assertThat(page).contains("`" + header + "`"));
    }

    private static List<String> names() {
        return Arrays.stream(GatewayHeaders.class.getFields())
                .filter(field -> field.getType() == String.class && Modifier.isStatic(field.getModifiers()))
                .map(GatewayHeadersTest::text)
                .toList();
    }

    private static String text(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
