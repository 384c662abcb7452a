package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import okio.BufferedSink;

/**
 * Writes values of any depth as they were read, without recursion: members in their order, numbers as they were spelled.
 * Where one of Moshi's writers would come to its 255 levels, another goes on.
 */
final class ValueWriter {

    private static final int MOST_LEVELS = 250;

    /** An array or object that is being written. */
    private interface Container {

        /** Returns the writer for what is in it. */
        JsonWriter writer();

        /** Returns how many levels that writer has open. */
        int level();

        boolean hasNext();

        /** Returns the next value, after its name was written if it has one. */
        JsonValue next() throws IOException;

        void end() throws IOException;
    }

    private final Deque<Container> open = new ArrayDeque<>();

    private ValueWriter() {}

    /**
     * Writes a value.
     *
     * @param writer where to, within its outermost array or object
     */
    static void write(JsonWriter writer, JsonValue value) throws IOException {
        new ValueWriter().writeAll(writer, value);
    }

    private void writeAll(JsonWriter writer, JsonValue value) throws IOException {
        begin(writer, 1, value);
        while (!open.isEmpty()) {
            Container inner = open.element();
            if (inner.hasNext()) {
                begin(inner.writer(), inner.level(), inner.next());
            } else {
                open.pop().end();
            }
        }
    }

    private void begin(JsonWriter writer, int level, JsonValue value) throws IOException {
        if (value instanceof JsonValue.Text text) {
            writer.value(text.value());
        } else if (value instanceof JsonValue.Flag flag) {
            writer.value(flag.value());
        } else if (value instanceof JsonValue.Numeral numeral) {
            // The writer's own number methods would have to parse what no number type of Java can hold.
            try (BufferedSink sink = writer.valueSink()) {
                sink.writeUtf8(numeral.literal());
            }
        } else if (value instanceof JsonValue.Null) {
            writer.nullValue();
        } else if (level == MOST_LEVELS) {
            JsonWriter next = JsonWriter.of(writer.valueSink());
            next.setSerializeNulls(true);
            open.push(new Whole(next));
            begin(next, 0, value);
        } else if (value instanceof JsonValue.Members members) {
            writer.beginObject();
            open.push(new Members(writer, level + 1, members.values().iterator()));
        } else {
            writer.beginArray();
            open.push(new Items(
                    writer, level + 1, ((JsonValue.Items) value).values().iterator()));
        }
    }

    private record Items(JsonWriter writer, int level, Iterator<JsonValue> values) implements Container {

        @Override
        public boolean hasNext() {
            return values.hasNext();
        }

        @Override
        public JsonValue next() {
            return values.next();
        }

        @Override
        public void end() throws IOException {
            writer.endArray();
        }
    }

    private record Members(JsonWriter writer, int level, Iterator<JsonValue.Member> values) implements Container {

        @Override
        public boolean hasNext() {
            return values.hasNext();
        }

        @Override
        public JsonValue next() throws IOException {
            JsonValue.Member member = values.next();
            writer.name(member.name());
            return member.value();
        }

        @Override
        public void end() throws IOException {
            writer.endObject();
        }
    }

    /** All that another writer writes. */
    private record Whole(JsonWriter writer) implements Container {

        @Override
        public int level() {
            return 0;
        }

        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public JsonValue next() {
            throw new IllegalStateException("expected no second value");
        }

        @Override
        public void end() throws IOException {
            writer.close();
        }
    }
}
