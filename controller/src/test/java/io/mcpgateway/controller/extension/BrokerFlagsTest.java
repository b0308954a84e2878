package io.mcpgateway.controller.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerFlagsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                 | ",
                "{\"serverInstructions\":\"Enabled\"}  | ",
                "{\"serverInstructions\":\"Disabled\"} | --server-instructions=false",
                "{\"registryAPI\":\"Disabled\"}        | ",
                "{\"registryAPI\":\"Enabled\"}         | --registry-api=true",
                "{\"callTimeoutSeconds\":600}         | --call-timeout=600"
            })
    void onlyWhatDiffersFromTheBrokersDefaultIsAFlag(String spec, String flag) throws IOException {
        Map<String, String> flags = BrokerFlags.of(new ObjectMapper().readValue(spec, MCPGatewayExtensionSpec.class));

        assertThat(flags.entrySet())
                .extracting(entry -> entry.getKey() + "=" + entry.getValue())
                .isEqualTo(flag == null ? java.util.List.of() : java.util.List.of(flag));
    }
}
