package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'type':'string'} | \"Ann\"",
                "{'type':'string','default':'Eve'} | \"Eve\"",
                "{'type':'string','format':'email'} | \"ann@example.org\"",
                "{'type':'string','enum':['a','b']} | \"a\"",
                "{'type':'string','oneOf':[{'const':'c'},{'const':'d'}]} | \"c\"",
                "{'type':'boolean'} | true",
                "{'type':'integer'} | 7",
                "{'type':'array','items':{'anyOf':[{'const':'e'}]}} | [\"e\"]",
            })
    void eachKindOfFieldIsFilledIn(String field, String answer) throws IOException {
        Map<String, Object> schema =
                JSON.readValue(("{'properties':{'it':" + field + "}}").replace('\'', '"'), new TypeReference<>() {});

        assertThat(JSON.writeValueAsString(Form.filledIn(schema))).isEqualTo("{\"it\":" + answer + "}");
    }
}
