package io.mcpgateway.controller.doctor.findings;

/** What a check came to. */
public enum Verdict {
    OK,
    /** It works, but probably not as somebody meant it. */
    WARNING,
    /** Clients or servers do without something because of it. */
    BROKEN,
    /** It could not be seen. */
    UNKNOWN
}
