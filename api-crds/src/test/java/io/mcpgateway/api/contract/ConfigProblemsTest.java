package io.mcpgateway.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ConfigYaml.Result.Parsed;
import io.mcpgateway.api.contract.ConfigYaml.Result.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read who made a mistake in config.yaml: the entry, the cause, the fix, and nothing that follows from it. */
class ConfigProblemsTest {
    private static final String SECRET = "top-secret";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `servers:\n\t- name: x`                      | line 2, column 1: a tab where only spaces are allowed
            `servers: []\nservers: []`                   | line 2, column 8: a key occurs twice in one mapping
            `servers: [{name: a, url: "http://h/mcp}]`   | a quote that is never closed
            `servers: [{name: a`                         | a bracket or a brace is missing
            `servers: [`                                 | a bracket or a brace is missing
            `servers: [{name: a]`                        | a bracket or a brace is missing
            `servers:\n- name: a\n  url: http://h: x`    | line 3, column 16: a colon in the middle of a value
            `servers:\n- name: a\n   url: http://h`      | line 3, column 7: a colon in the middle of a value, or wrong indentation
            `servers:\n- name: a\n url: http://h`        | line 3, column 2: a line that is not indented as those before it
            `servers:\n  - name: a\n - name: b`          | line 3, column 2: a line that is not indented as those before it
            `servers:\n- name: a\nurl`                   | a key without a colon
            `servers: [{name: @a}]`                      | a character that cannot start a value
            `servers: [{name: "\\d"}]`                   | an unknown escape in double quotes
            `servers: - name: a`                         | a list where a value was expected
            """)
    void whatIsNotYamlIsToldWithPlaceAndCause(String document, String expected) {
        assertThat(problems(document))
                .singleElement()
                .asString()
                .startsWith("not valid YAML: line ")
                .contains(expected);
    }

    /** What the parser quotes may be one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "credential: 'Bearer top-secret\n",
                "credential: Bearer: top-secret",
                "credential: @top-secret",
                "credential: *top-secret",
                "credential: !top-secret x",
                "credential: \"\\top-secret\\d\"",
                "credential: [top-secret",
                "top-secret: 1\ntop-secret: 2",
                "credential: &top-secret\n  - *other",
                "credential: x\ntop-secret",
                "credential: %top-secret",
                "%top-secret x\n---\na: 1"
            })
    void nothingOfTheDocumentIsInAYamlProblem(String document) {
        assertThat(ConfigYaml.parse(document).toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `include: [{registrations: [s1]}]`                | virtualServers[0].include[0]: unknown key 'registrations'; config.yaml calls it 'servers'
            `include: [{tols: [x]}]`                          | virtualServers[0].include[0]: unknown key 'tols'; did you mean 'tools'?
            `include: [x]`                                    | virtualServers[0].include[0]: expected a mapping such as {namespaces: [team-a]}
            `include: [{tools: ["x_[a-z]*"]}]`                | virtualServers[0].include[0].tools: patterns know only * (any text) and ? (one character), so 'x_[a-z]*' does not match what it looks like
            `exclude: [{prompts: ["^x"]}]`                    | virtualServers[0].exclude[0].prompts: patterns know only * (any text) and ? (one character), so '^x' does not match what it looks like
            `include: [{tools: ["**", ""]}]`                  | virtualServers[0].include[0].tools[1]: must be a pattern for tool names, not ''
            `tools: [a, 1]`                                   | virtualServers[0].tools[1]: must be the name of a tool, not 1; put text that YAML reads as something else in quotes
            `tools: [a, true]`                                | virtualServers[0].tools[1]: must be the name of a tool, not true; put text that YAML reads as something else in quotes
            `tools: [a, null]`                                | virtualServers[0].tools[1]: must be the name of a tool, not nothing
            `tools: [[a]]`                                    | virtualServers[0].tools[0]: must be the name of a tool, not a list
            `tools: a`                                        | virtualServers[0].tools: expected a list, not 'a'
            `pinnedTools: [a, {b: c}]`                        | virtualServers[0].pinnedTools[1]: must be the name of a tool, not a mapping
            `toolSearch: maybe`                               | virtualServers[0].toolSearch: must be On or Off, not 'maybe'
            `protocolVersions: [2025-11-26]`                  | virtualServers[0] (v): every entry of 'protocolVersions' must be one of 2024-11-05, 2025-03-26, 2025-06-18, 2025-11-25, 2026-07-28, not '2025-11-26'
            `overrides: [{tool: a, name: x}, {tool: a, name: y}]` | virtualServers[0].overrides[1]: there are two for the tool 'a'; make them one
            `overrides: [{tool: a, name: x}, {tool: b, name: x}]` | virtualServers[0].overrides[1]: two tools would have the 'name' x
            `{tools: [a, b], overrides: [{tool: a, name: b}]}` | virtualServers[0].overrides[0]: 'name' b is that of another tool in 'tools', which would be left out; give that one another name too
            """)
    void aMistakeInAVirtualServerIsToldOnce(String members, String expected) {
        String entry = members.startsWith("{") ? members.substring(1, members.length() - 1) : members;

        assertThat(problems("virtualServers: [{name: v, " + entry + "}]")).containsExactly(expected);
    }

    @Test
    void aMissingUrlIsToldAsSuch() {
        assertThat(problems("servers: [{name: team/x}]"))
                .containsExactly(
                        "servers[0] (team/x): 'url' is missing: where the server is, such as http://host:port/mcp");
    }

    /** Two tools may swap their names. */
    @Test
    void aNameThatIsFreeAgainMayBeTaken() {
        assertThat(ConfigYaml.parse("""
                        virtualServers:
                        - {name: v, tools: [a, b], overrides: [{tool: a, name: b}, {tool: b, name: a}]}
                        """)).isInstanceOf(Parsed.class);
    }

    /** An older broker must run what a newer controller found right. */
    @Test
    void theControllersDocumentIsNotJudgedAgain() {
        assertThat(ConfigYaml.parse("""
                        generatedBy: mcp-gateway-controller
                        virtualServers:
                        - name: v
                          tools: [a, b]
                          include: [{tools: ["[x"]}]
                          overrides: [{tool: a, name: b}, {tool: a, name: c}]
                        """)).isInstanceOf(Parsed.class);
    }

    private static List<String> problems(String document) {
        return ((Refused) ConfigYaml.parse(document.replace("\\n", "\n").replace("\\t", "\t"))).problems();
    }
}
