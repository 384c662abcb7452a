package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonReader;
import io.github.ohhhllama.proxy.internal.json.GoScanner.Part;
import io.github.ohhhllama.proxy.internal.json.GoScanner.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the first JSON value of a body and leaves the rest alone, as Go's {@code json.Decoder} does. Values of any depth are
 * read without recursion.
 */
final class FirstValue {

    private static final char REPLACEMENT = '\uFFFD';

    /** Where a piece is read, and the parts of it that are still to come. */
    private record Source(JsonReader reader, Iterator<Part> parts) {

        static Source of(Piece piece) {
            return new Source(JsonReader.of(piece.json()), piece.parts().iterator());
        }
    }

    /** An array or object that is being read. */
    private interface Container {

        Source source();

        /** Returns whether there is another value, and takes what stands before it. */
        boolean goesOn() throws IOException;

        void add(JsonValue value);

        JsonValue end() throws IOException;
    }

    private final Deque<Container> open = new ArrayDeque<>();

    private FirstValue() {}

    /**
     * Reads the value.
     *
     * @throws BadBodyException if Go would find none
     */
    static JsonValue read(byte[] body) throws BadBodyException {
        Piece piece = GoScanner.scan(body);
        try {
            return new FirstValue().read(Source.of(piece));
        } catch (IOException impossible) {
            throw new UncheckedIOException("expected JSON, as the scanner found it to be", impossible);
        }
    }

    private JsonValue read(Source source) throws IOException {
        Optional<JsonValue> whole = begin(source);
        while (!open.isEmpty()) {
            Container inner = open.element();
            whole.ifPresent(inner::add);
            whole = inner.goesOn()
                    ? begin(inner.source())
                    : Optional.of(open.pop().end());
        }
        return whole.orElseThrow();
    }

    /** Returns a value that was read, or nothing of an array or object that has been opened. */
    private Optional<JsonValue> begin(Source source) throws IOException {
        JsonReader reader = source.reader();
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> open(new Members(source));
            case BEGIN_ARRAY -> open(new Items(source));
            case STRING -> Optional.of(new JsonValue.Text(wellFormed(reader.nextString())));
            case NUMBER -> part(source);
            case BOOLEAN -> Optional.of(new JsonValue.Flag(reader.nextBoolean()));
            case NULL -> nothing(reader);
            case NAME, END_ARRAY, END_OBJECT, END_DOCUMENT ->
                throw new IllegalStateException("no value begins with " + reader.peek());
        };
    }

    private Optional<JsonValue> open(Container container) {
        open.push(container);
        return Optional.empty();
    }

    private Optional<JsonValue> part(Source source) throws IOException {
        source.reader().skipValue();
        Part part = source.parts().next();
        return part instanceof Part.Deep deep
                ? begin(Source.of(deep.piece()))
                : Optional.of(new JsonValue.Numeral(((Part.Literal) part).text()));
    }

    private static Optional<JsonValue> nothing(JsonReader reader) throws IOException {
        reader.<Object>nextNull();
        return Optional.of(new JsonValue.Null());
    }

    private static final class Items implements Container {

        private final Source source;
        private final List<JsonValue> values = new ArrayList<>();

        Items(Source source) throws IOException {
            this.source = source;
            source.reader().beginArray();
        }

        @Override
        public Source source() {
            return source;
        }

        @Override
        public boolean goesOn() throws IOException {
            return source.reader().hasNext();
        }

        @Override
        public void add(JsonValue value) {
            values.add(value);
        }

        @Override
        public JsonValue end() throws IOException {
            source.reader().endArray();
            return new JsonValue.Items(values);
        }
    }

    private static final class Members implements Container {

        private final Source source;
        private final List<JsonValue.Member> values = new ArrayList<>();
        private String name = "";

        Members(Source source) throws IOException {
            this.source = source;
            source.reader().beginObject();
        }

        @Override
        public Source source() {
            return source;
        }

        @Override
        public boolean goesOn() throws IOException {
            if (!source.reader().hasNext()) {
                return false;
            }
            name = wellFormed(source.reader().nextName());
            return true;
        }

        @Override
        public void add(JsonValue value) {
            values.add(new JsonValue.Member(name, value));
        }

        @Override
        public JsonValue end() throws IOException {
            source.reader().endObject();
            return new JsonValue.Members(values);
        }
    }

    /** Replaces lone surrogates, which an escape may bring in, as Go does. */
    private static String wellFormed(String text) {
        if (!hasSurrogates(text)) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point <= Character.MAX_VALUE && Character.isSurrogate((char) point) ? REPLACEMENT : point)
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
