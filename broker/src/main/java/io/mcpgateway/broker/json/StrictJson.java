package io.mcpgateway.broker.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/**
 * The JSON parsers of this process for bytes that strangers sent: RFC 8259 to the letter, UTF-8 only, bounded. A limit
 * that is passed shows as {@link com.fasterxml.jackson.core.exc.StreamConstraintsException}.
 */
public final class StrictJson {
    /** Deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 256;
    /**
     * Longest member name in bytes. Jackson shares the names it has seen between parsers (at most 6000), so this also
     * bounds what a stranger can leave in memory.
     */
    public static final int MAX_NAME_LENGTH = 1024;
    /** Most digits of a number. */
    public static final int MAX_NUMBER_LENGTH = 1000;
    /** Longest string that is decoded; strings that are skipped are bounded by their body. */
    public static final int MAX_STRING_LENGTH = 8 * 1024 * 1024;

    private static final JsonFactory FACTORY = factory(StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNameLength(MAX_NAME_LENGTH)
            .maxNumberLength(MAX_NUMBER_LENGTH)
            .maxStringLength(MAX_STRING_LENGTH)
            .build());

    private StrictJson() {}

    /**
     * Parsers for UTF-8 only. Peers choose the member names: interning them would let them fill the string table.
     * Canonical names stay on: without them Jackson decodes to characters first and the byte offsets are lost.
     */
    static JsonFactory factory(StreamReadConstraints limits) {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(limits)
                .build();
    }

    /**
     * A parser over the whole array; offsets count its bytes. It does not refuse duplicate names: use
     * {@link JsonParser.Feature#STRICT_DUPLICATE_DETECTION} or look yourself.
     */
    public static JsonParser parser(byte[] json) throws IOException {
        return FACTORY.createParser(json);
    }
}
