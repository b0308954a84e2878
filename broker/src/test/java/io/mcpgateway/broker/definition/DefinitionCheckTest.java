package io.mcpgateway.broker.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which definitions are served as they came, which with something cut out, and which are not served. */
class DefinitionCheckTest {
    private static final String TOOL = "'name':'a','inputSchema':{'type':'object'}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        'inputSchema':{}                                    | inputSchema.type is missing
        'inputSchema':{'type':'string'}                     | inputSchema.type must be "object"
        'inputSchema':{'type':['object','null']}            | inputSchema.type must be "object"
        'inputSchema':{'anyOf':[{'type':'object'}]}         | inputSchema.type is missing
        'inputSchema':null                                  | inputSchema must be an object
        'inputSchema':[]                                    | inputSchema must be an object
        'inputSchema':{'type':'object','required':'a'}      | inputSchema.required must be a list
        'inputSchema':{'type':'object','required':['a',5]}  | inputSchema.required[1] must be a string
        'inputSchema':{'type':'object','properties':[]}     | inputSchema.properties must be an object
        'inputSchema':{'type':'object','properties':{'x':null}} | inputSchema.properties.x must be an object
        'inputSchema':{'type':'object','properties':{'x':[]}}   | inputSchema.properties.x must be an object
        'inputSchema':{'type':'object','$schema':5}         | inputSchema.$schema must be a string
        """)
    void anInputSchemaIsAnObjectOfTypeObject(String schema, String reason) {
        assertThat(reasons(tool("{'name':'a'," + schema + "}"))).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        'description':5                         | description must be a string
        'title':['t']                           | title must be a string
        'annotations':'x'                       | annotations must be an object
        'annotations':{'readOnlyHint':'true'}   | annotations.readOnlyHint must be true or false
        'annotations':{'title':1}               | annotations.title must be a string
        'outputSchema':{'type':'array'}         | outputSchema.type must be "object"
        'outputSchema':{'properties':{}}        | outputSchema.type is missing
        '_meta':[]                              | _meta must be an object
        'icons':{}                              | icons must be a list
        'icons':[null]                          | icons[0] must be an object
        'icons':[{'mimeType':'x/y'}]            | icons[0].src is missing
        'icons':[{'src':'a'},{'src':null}]      | icons[1].src must be a string
        'icons':[{'src':'a','sizes':'48x48'}]   | icons[0].sizes must be a list
        'icons':[{'src':'a','theme':'blue'}]    | icons[0].theme must be "dark" or "light"
        'title':'x','title':'y'                 | title is given twice
        """)
    void aMemberOfTheWrongTypeLeavesTheToolOut(String members, String reason) {
        assertThat(reasons(tool("{" + TOOL + "," + members + "}"))).containsExactly(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "maybe", ""})
    void aToolThatOnlyRunsAsATaskIsLeftOutBecauseNobodyCouldCallIt(String support) {
        assertThat(reasons(tool("{" + TOOL + ",'execution':{'taskSupport':'" + support + "'}}")))
                .singleElement()
                .asString()
                .startsWith("execution.taskSupport must be \"forbidden\" or \"optional\": the gateway does not offer"
                        + " tasks");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'title':null,'name':'a','inputSchema':{'type':'object'}}  | {'name':'a','inputSchema':{'type':'object'}}
        {'name':'a', 'title' : null ,'inputSchema':{'type':'object'}} | {'name':'a' ,'inputSchema':{'type':'object'}}
        {'name':'a','inputSchema':{'type':'object'},'_meta':null}  | {'name':'a','inputSchema':{'type':'object'}}
        { 'title':null,'icons':null , 'name':'a','inputSchema':{'type':'object'}} | { 'name':'a','inputSchema':{'type':'object'}}
        {'name':'a','inputSchema':{'type':'object','required':null,'properties':null}} | {'name':'a','inputSchema':{'type':'object'}}
        {'name':'a','inputSchema':{'properties':null,'type':'object'}} | {'name':'a','inputSchema':{'type':'object'}}
        {'name':'a','inputSchema':{'type':'object'},'annotations':{'title':null,'readOnlyHint':null}} | {'name':'a','inputSchema':{'type':'object'},'annotations':{}}
        {'name':'a','inputSchema':{'type':'object'},'annotations':{'title':null,'readOnlyHint':true,'openWorldHint':null}} | {'name':'a','inputSchema':{'type':'object'},'annotations':{'readOnlyHint':true}}
        {'name':'a','inputSchema':{'type':'object'},'icons':[{'theme':null,'src':'b','sizes':null}]} | {'name':'a','inputSchema':{'type':'object'},'icons':[{'src':'b'}]}
        """)
    void nullOptionalMembersAreCutOutAndNothingElseChanges(String sent, String served) {
        CheckedDefinition.Fit fit = (CheckedDefinition.Fit) tool(sent);
        assertThat(fit.json()).hasToString(json(served));
        assertThat(fit.mended()).isNotEmpty().allMatch(change -> change.endsWith(" was null"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'x-vendor':null,'name':'a','inputSchema':{'type':'object'}}",
                "{'name':'a','inputSchema':{'type':'object','default':null,'properties':{'x':{'default':null}}}}",
                "{ 'name':'a' ,\n"
                        + "'inputSchema':{'type':'object','maximum':12345678901234567890,'x':1.10},'_meta':{'k':null}}",
                "{'name':'a','inputSchema':{'type':'object'},'outputSchema':{'type':'object','$defs':{'S':{'type':'string',"
                        + "'pattern':'^[a-z]+$'}},'properties':{'s':{'$ref':'#/$defs/S'},'t':{'$ref':'#'}}}}",
            })
    void whatEveryClientReadsStaysByteForByte(String sent) {
        assertThat(tool(sent)).isEqualTo(new CheckedDefinition.Fit(RawJson.of(json(sent)), List.of()));
    }

    /** A server on the Go SDK says true for a parameter of any type. */
    @Test
    void aPropertyThatIsTrueOrFalseBecomesTheSameSchemaAsAnObject() {
        CheckedDefinition.Fit fit = (CheckedDefinition.Fit)
                tool("{'name':'a','inputSchema':{'type':'object','properties':{'x':true,'y':false,'z':{}}}}");
        assertThat(fit.json())
                .hasToString(json(
                        "{'name':'a','inputSchema':{'type':'object','properties':{'x':{},'y':{'not':{}},'z':{}}}}"));
        assertThat(fit.mended())
                .containsExactly(
                        "inputSchema.properties.x was true, is now {}",
                        "inputSchema.properties.y was false, is now {\"not\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'pattern':'(?i)a'",
                "'pattern':'[\\\\w-.]'",
                "'pattern':'\\\\_'",
                "'type':'file'",
                "'nullable':true",
                "'$ref':'#/$defs/none'",
                "'$ref':'https://example.com/schema'",
                "'exclusiveMinimum':true",
                "'enum':[]",
                "'anyOf':null",
                "'items':null",
                "'id':'x'",
                "'$id':'x'",
                "'required':null",
                "'properties':{'y':null}",
            })
    void anOutputSchemaThatSomeClientCannotCompileIsCutOutBecauseTheToolWorksWithoutIt(String keyword) {
        CheckedDefinition.Fit fit =
                (CheckedDefinition.Fit) tool("{'name':'a','outputSchema':{'type':'object','properties':{'x':{" + keyword
                        + "}}},'inputSchema':{'type':'object'}}");
        assertThat(fit.json()).hasToString(json("{'name':'a','inputSchema':{'type':'object'}}"));
        assertThat(fit.mended())
                .singleElement()
                .asString()
                .startsWith("outputSchema was cut out: outputSchema.properties.x");
    }

    /** What no member of MCP is, but what some official client reads as one. */
    @ParameterizedTest
    @ValueSource(strings = {"'meta':'x'", "'output_schema':5", "'annotations':{'returnDirect':'x'}"})
    void whatAClientWouldTakeForAMemberIsCutOutIfItCouldNotReadIt(String member) {
        CheckedDefinition.Fit fit = (CheckedDefinition.Fit) tool("{" + TOOL + "," + member + "}");
        assertThat(fit.json().toString()).doesNotContain("'x'".replace('\'', '"'), "5", "returnDirect");
        assertThat(fit.mended()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-01-12", "yesterday", "2025-13-12T00:00:00Z", "2025-01-12T10:00:00", ""})
    void aTimeThatTypeScriptClientsCannotReadIsCutOut(String time) {
        CheckedDefinition.Fit fit = (CheckedDefinition.Fit)
                DefinitionCheck.resource(raw("{'name':'n','uri':'a:b','annotations':{'lastModified':'" + time + "'}}"));
        assertThat(fit.json()).hasToString(json("{'name':'n','uri':'a:b','annotations':{}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'uri':'a:b'}                                                    | name is missing
        {'name':' ','uri':'a:b'}                                         | name must be a string that is not blank
        {'name':'n','uri':'relative/path'}                               | uri must be a URI with a scheme
        {'name':'n','uri':'http://'}                                     | uri must be a URI with a scheme
        {'name':'n','uri':'a:b','size':1.5}                              | size must be a whole number
        {'name':'n','uri':'a:b','size':12345678901234567890}             | size must be a whole number
        {'name':'n','uri':'a:b','mimeType':1}                            | mimeType must be a string
        {'name':'n','uri':'a:b','annotations':{'priority':1.1}}          | annotations.priority must be a number from 0 to 1
        {'name':'n','uri':'a:b','annotations':{'audience':['robot']}}    | annotations.audience[0] must be "assistant" or "user"
        {'name':'n','uri':'a:b','annotations':{'lastModified':5}}        | annotations.lastModified must be a time such as 2026-01-31T12:00:00Z
        """)
    void resources(String resource, String reason) {
        assertThat(reasons(DefinitionCheck.resource(raw(resource)))).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'name':'n','arguments':{}}                       | arguments must be a list
        {'name':'n','arguments':[null]}                   | arguments[0] must be an object
        {'name':'n','arguments':[{'title':'t'}]}          | arguments[0].name is missing
        {'name':'n','arguments':[{'name':''}]}            | arguments[0].name must be a string that is not blank
        {'name':'n','arguments':[{'name':5}]}             | arguments[0].name must be a string that is not blank
        {'name':'n','arguments':[{'name':'a','required':'yes'}]} | arguments[0].required must be true or false
        """)
    void prompts(String prompt, String reason) {
        assertThat(reasons(DefinitionCheck.prompt(raw(prompt)))).containsExactly(reason);
    }

    @Test
    void resourceTemplatesNeedANameToo() {
        assertThat(reasons(DefinitionCheck.resourceTemplate(raw("{'uriTemplate':'a:{b}'}"))))
                .containsExactly("name is missing");
        assertThat(DefinitionCheck.resourceTemplate(raw("{'uriTemplate':'a:{b}','name':'n'}")))
                .isInstanceOf(CheckedDefinition.Fit.class);
    }

    @Test
    void whatJsonReadersOfClientsRefuseIsLeftOutWhereverItStands() {
        String deep = "{'a':".repeat(130) + "1" + "}".repeat(130);
        assertThat(reasons(tool("{" + TOOL + ",'x':" + deep + "}"))).containsExactly("is nested more than 128 deep");
        assertThat(reasons(tool("{" + TOOL + ",'x':'\\ud800'}")))
                .containsExactly("has text with half a surrogate pair");
        assertThat(tool("{" + TOOL + ",'\\udc00':1}")).isInstanceOf(CheckedDefinition.Unfit.class);
        assertThat(reasons(tool("{" + TOOL + ",'x':" + "1".repeat(1001) + "}")))
                .containsExactly("has a number of more than 1000 digits");
        byte[] latin = json("{" + TOOL + ",'x':'\u00e9'}").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(reasons(DefinitionCheck.tool(RawJson.of(latin)))).containsExactly("has bytes that are not UTF-8");
        assertThat(tool("{" + TOOL + ",'x':'\\ud83d\\ude00'}")).isInstanceOf(CheckedDefinition.Fit.class);
    }

    @Test
    void anEndlessNumberOfFlawsIsNotReportedWhole() {
        String icons = "{},".repeat(1000) + "{}";
        assertThat(reasons(tool("{" + TOOL + ",'icons':[" + icons + "]}"))).hasSize(5);
    }

    private static CheckedDefinition tool(String json) {
        return DefinitionCheck.tool(raw(json));
    }

    private static List<String> reasons(CheckedDefinition checked) {
        return ((CheckedDefinition.Unfit) checked).reasons();
    }

    private static RawJson raw(String json) {
        return RawJson.of(json(json));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
