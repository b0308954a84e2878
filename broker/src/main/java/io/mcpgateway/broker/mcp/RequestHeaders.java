package io.mcpgateway.broker.mcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** HTTP headers of one request: names in lower case, values in order of arrival. Pseudo headers are not in it. */
public final class RequestHeaders {
    public static final RequestHeaders EMPTY = reading().done();

    /** As they came: a name that came twice is there twice. */
    private final String[] names;

    private final int count;

    /** Each is there if it was given as a text, or once somebody has asked for it. */
    private final @Nullable String[] values;

    private final byte[] source;
    /** Where values that are not there yet begin and end in the source, two for each. */
    private final int[] bounds;

    private RequestHeaders(Reading reading) {
        this.names = reading.names;
        this.count = reading.count;
        this.values = reading.values;
        this.source = reading.source;
        this.bounds = reading.bounds;
    }

    /** Names that differ only in case are one header with the values of all. */
    public static RequestHeaders of(Map<String, List<String>> values) {
        Reading reading = reading();
        values.forEach((name, list) -> {
            String lowerCaseName = name.toLowerCase(Locale.ROOT);
            list.forEach(value -> reading.add(lowerCaseName, value));
        });
        return reading.done();
    }

    /** Headers that are added one after the other. */
    public static Reading reading() {
        return reading(new byte[0]);
    }

    /**
     * The same.
     *
     * @param source where values stand, which are only decoded if somebody asks for them; it must not change any more
     */
    public static Reading reading(byte[] source) {
        return new Reading(source);
    }

    /** A header's value from its bytes. */
    public static String text(byte[] source, int start, int end) {
        return new String(source, start, end - start, StandardCharsets.UTF_8);
    }

    /** Every value of a header, empty if it is absent. */
    public List<String> all(String lowerCaseName) {
        int first = next(lowerCaseName, 0);
        if (first < 0) {
            return List.of();
        }
        int second = next(lowerCaseName, first + 1);
        if (second < 0) {
            return List.of(value(first));
        }
        List<String> all = new ArrayList<>();
        all.add(value(first));
        for (int index = second; index >= 0; index = next(lowerCaseName, index + 1)) {
            all.add(value(index));
        }
        return Collections.unmodifiableList(all);
    }

    /** The index of the next header of this name, -1 if there is none. */
    private int next(String name, int from) {
        for (int index = from; index < count; index++) {
            if (names[index].equals(name)) {
                return index;
            }
        }
        return -1;
    }

    private String value(int index) {
        String known = values[index];
        if (known != null) {
            return known;
        }
        String value = text(source, bounds[2 * index], bounds[2 * index + 1]);
        values[index] = value; // whichever thread does it: the text is the same
        return value;
    }

    /** Headers while they come in. */
    public static final class Reading {
        private static final int USUAL = 24;

        private final byte[] source;
        private String[] names = new String[USUAL];
        private @Nullable String[] values = new @Nullable String[USUAL];
        private int[] bounds = new int[2 * USUAL];
        private int count;

        private Reading(byte[] source) {
            this.source = source;
        }

        public void add(String lowerCaseName, String value) {
            int index = place(lowerCaseName); // first, because it may make the arrays anew
            values[index] = value;
        }

        /** One whose value stands in the source. */
        public void add(String lowerCaseName, int start, int end) {
            int index = place(lowerCaseName);
            bounds[2 * index] = start;
            bounds[2 * index + 1] = end;
        }

        private int place(String name) {
            if (count == names.length) {
                names = Arrays.copyOf(names, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
                bounds = Arrays.copyOf(bounds, 4 * count);
            }
            names[count] = name;
            return count++;
        }

        /** All of them; nothing may be added any more. */
        public RequestHeaders done() {
            return new RequestHeaders(this);
        }
    }

    /** The first value of a header. */
    public Optional<String> first(String lowerCaseName) {
        int first = next(lowerCaseName, 0);
        return first < 0 ? Optional.empty() : Optional.of(value(first));
    }

    /** The first value of a header, without the white space around it, which is not part of it (RFC 9110, section 5.5). */
    public Optional<String> trimmed(String lowerCaseName) {
        return first(lowerCaseName).map(RequestHeaders::trimmedValue);
    }

    /** The value without spaces and tabs around it. */
    public static String trimmedValue(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isBlank(value.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    public boolean has(String lowerCaseName) {
        return next(lowerCaseName, 0) >= 0;
    }

    /** The name of each header; one that came twice is named twice. */
    public void eachName(Consumer<String> listener) {
        for (int index = 0; index < count; index++) {
            listener.accept(names[index]);
        }
    }

    /** The first of the headers that are asked about which came more than once. */
    public Optional<String> repeated(Predicate<String> asked) {
        for (int index = 0; index < count; index++) {
            if (asked.test(names[index]) && next(names[index], index + 1) >= 0) {
                return Optional.of(names[index]);
            }
        }
        return Optional.empty();
    }

    public Set<String> names() {
        Set<String> sorted = new TreeSet<>();
        eachName(sorted::add);
        return Collections.unmodifiableSet(sorted);
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return "RequestHeaders" + names();
    }
}
