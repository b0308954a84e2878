package io.mcpgateway.e2e.chaos;

/** How a list of tools is divided into pages. */
enum ListShape {
    ONE_PAGE,
    /** The maximum number of pages that the broker reads, with one tool each. */
    THOUSAND_PAGES,
    /** Each page names the same next one. */
    CURSOR_LOOP;

    /** The number of pages of {@link #THOUSAND_PAGES}. */
    static final int PAGES = 1000;

    /** The result of a list request with this cursor, empty for the first page. */
    String page(String cursor) {
        return switch (this) {
            case ONE_PAGE -> page(tool(ChaosBackend.TOOL), "");
            case THOUSAND_PAGES -> {
                int number = cursor.isEmpty() ? 1 : Integer.parseInt(cursor);
                String tool = number == 1 ? ChaosBackend.TOOL : "tool" + number;
                yield page(tool(tool), number == PAGES ? "" : Integer.toString(number + 1));
            }
            case CURSOR_LOOP -> page(tool(ChaosBackend.TOOL), "again");
        };
    }

    private static String page(String tools, String next) {
        return "{\"tools\":[" + tools + "]" + (next.isEmpty() ? "" : ",\"nextCursor\":\"" + next + "\"") + "}";
    }

    private static String tool(String name) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}";
    }
}
