package io.mcpgateway.broker.listing;

/** A resource's URI as logs may have it: there can be a password or a signature in user info, query or fragment. */
public final class ShownUri {
    private ShownUri() {}

    /** Without user info, query and fragment. */
    public static String of(String uri) {
        int end = uri.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = uri.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        String kept = uri.substring(0, end);
        int authority = kept.indexOf("//");
        if (authority < 0) {
            return kept;
        }
        int slash = kept.indexOf('/', authority + 2);
        int userInfo = kept.lastIndexOf('@', slash < 0 ? kept.length() : slash);
        return userInfo < authority ? kept : kept.substring(0, authority + 2) + kept.substring(userInfo + 1);
    }
}
