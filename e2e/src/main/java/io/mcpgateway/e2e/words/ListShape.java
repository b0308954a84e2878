package io.mcpgateway.e2e.words;

/** How a list of tools is divided into pages. */
public enum ListShape {
    ONE_PAGE,
    /** The maximum number of pages that the broker reads, with one tool more each. */
    THOUSAND_PAGES,
    /** Each page names the same next one. */
    CURSOR_LOOP;

    /** The number of pages of {@link #THOUSAND_PAGES}. */
    public static final int PAGES = 1000;

    private static final String OWN = tool(WordServer.SAY) + "," + tool(WordServer.ASK);

    /** The members of the result of a list request with this cursor, empty for the first page. */
    String page(String cursor) {
        return switch (this) {
            case ONE_PAGE -> page(OWN, "");
            case THOUSAND_PAGES -> {
                int number = cursor.isEmpty() ? 1 : Integer.parseInt(cursor);
                yield page(
                        number == 1 ? OWN : tool("tool" + number), number == PAGES ? "" : Integer.toString(number + 1));
            }
            case CURSOR_LOOP -> page(OWN, "again");
        };
    }

    private static String page(String tools, String next) {
        return "\"tools\":[" + tools + "]" + (next.isEmpty() ? "" : ",\"nextCursor\":\"" + next + "\"");
    }

    private static String tool(String name) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}";
    }
}
