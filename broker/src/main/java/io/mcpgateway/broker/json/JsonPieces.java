package io.mcpgateway.broker.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One JSON text in pieces. What many messages have in common, such as a long list, is in each of them without a copy. */
public record JsonPieces(List<Piece> pieces) {
    /**
     * A part of a text.
     *
     * @param start of its first byte
     * @param end behind its last byte
     */
    public record Piece(RawJson text, int start, int end) {
        public Piece {
            Objects.requireNonNull(text, "text");
            Objects.checkFromToIndex(start, end, text.length());
        }

        int length() {
            return end - start;
        }
    }

    public JsonPieces {
        pieces = List.copyOf(pieces);
    }

    /** These texts, one after the other. */
    public static JsonPieces of(RawJson... texts) {
        return of(List.of(texts));
    }

    /** These texts, one after the other. */
    public static JsonPieces of(List<RawJson> texts) {
        return new JsonPieces(texts.stream().map(JsonPieces::whole).toList());
    }

    /**
     * An object with more members in front.
     *
     * @param head opens the object and ends with a comma
     * @param object has at least one member, and no space before it
     */
    public static JsonPieces joined(RawJson head, RawJson object) {
        return new JsonPieces(List.of(whole(head), new Piece(object, 1, object.length())));
    }

    /** The same with another text behind it. */
    public JsonPieces then(RawJson text) {
        return new JsonPieces(
                Stream.concat(pieces.stream(), Stream.of(whole(text))).toList());
    }

    private static Piece whole(RawJson text) {
        return new Piece(text, 0, text.length());
    }

    /** In bytes. */
    public int length() {
        return pieces.stream().mapToInt(Piece::length).sum();
    }

    /** In one piece: the text itself if there is only one, otherwise a copy. */
    public RawJson text() {
        if (pieces.size() == 1
                && pieces.getFirst().length() == pieces.getFirst().text().length()) {
            return pieces.getFirst().text();
        }
        byte[] all = new byte[length()];
        int at = 0;
        for (Piece piece : pieces) {
            System.arraycopy(piece.text().array(), piece.start(), all, at, piece.length());
            at += piece.length();
        }
        return RawJson.owning(all);
    }

    public void writeTo(OutputStream out) throws IOException {
        for (Piece piece : pieces) {
            out.write(piece.text().array(), piece.start(), piece.length());
        }
    }
}
