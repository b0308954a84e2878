package io.mcpgateway.broker.sse;

/**
 * Where the lines of an event stream end: at CR, LF or CRLF, in whatever pieces the bytes come (WHATWG HTML, "Parsing an
 * event stream"). Belongs to one stream.
 */
final class LineScan {
    /** The role of a byte in its line. */
    enum Part {
        TEXT,
        /** It ends the line. */
        END,
        /** The line was ended by the byte before. */
        REST_OF_END
    }

    private boolean afterCarriageReturn;

    Part next(byte octet) {
        boolean rest = octet == '\n' && afterCarriageReturn;
        afterCarriageReturn = octet == '\r';
        if (rest) {
            return Part.REST_OF_END;
        }
        return octet == '\r' || octet == '\n' ? Part.END : Part.TEXT;
    }
}
