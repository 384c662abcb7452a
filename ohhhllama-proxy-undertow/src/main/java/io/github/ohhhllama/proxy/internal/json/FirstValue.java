package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.Buffer;

/**
 * Reads the first JSON value of a body and leaves the rest alone, as Go's {@code json.Decoder} does.
 *
 * <p>Moshi does the reading; {@link Lexis} refuses what Moshi lets pass and Go does not. Where Go allows 10,000 levels of
 * nesting, Moshi's 255 are the limit here, and its writer wants one of them for each number.
 */
final class FirstValue {

    private static final char REPLACEMENT = '\uFFFD';
    private static final int MOST_LEVELS = 254;

    /** A value that is over when it cannot go on, whatever follows; Moshi wants white space after it. */
    private static final Pattern SCALAR = Pattern.compile("[ \\t\\r\\n]*+(?:true|false|null|-?(?:0|[1-9][0-9]*+)"
            + "(?:\\.[0-9]++(?:[eE][+-]?[0-9]++|(?![eE]))|[eE][+-]?[0-9]++|(?![.eE])))");

    private final JsonReader reader;
    private int level;

    private FirstValue(JsonReader reader) {
        this.reader = reader;
    }

    static JsonValue read(byte[] body) throws BadBodyException {
        int start = 0;
        while (start < body.length && Lexis.isSpace(body[start])) {
            start++;
        }
        if (start == body.length) {
            throw new BadBodyException("missing request body");
        }
        return whole(body[start] == '{' || body[start] == '[' ? body : withoutRest(body));
    }

    private static byte[] withoutRest(byte[] body) {
        Matcher scalar = SCALAR.matcher(new String(body, StandardCharsets.ISO_8859_1));
        return scalar.lookingAt() ? Arrays.copyOf(body, scalar.end()) : body;
    }

    private static JsonValue whole(byte[] body) throws BadBodyException {
        // What Moshi has not consumed stays in this buffer, so that its size tells the position.
        Buffer rest = new Buffer().write(body);
        try {
            // Never closed: that would empty the buffer, and there is nothing else behind the reader.
            JsonValue value = new FirstValue(JsonReader.of(rest)).value();
            Lexis.check(body, body.length - (int) rest.size());
            return value;
        } catch (IOException malformed) {
            throw Malformation.describe(body, body.length - (int) rest.size(), malformed);
        }
    }

    private JsonValue value() throws IOException, BadBodyException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> members();
            case BEGIN_ARRAY -> items();
            case STRING -> new JsonValue.Text(wellFormed(reader.nextString()));
            case NUMBER -> new JsonValue.Numeral(reader.nextString());
            case BOOLEAN -> new JsonValue.Flag(reader.nextBoolean());
            case NULL -> nothing();
            case NAME, END_ARRAY, END_OBJECT, END_DOCUMENT ->
                throw new IllegalStateException("no value begins with " + reader.peek());
        };
    }

    private JsonValue members() throws IOException, BadBodyException {
        List<JsonValue.Member> members = new ArrayList<>();
        descend('{');
        reader.beginObject();
        while (reader.hasNext()) {
            members.add(new JsonValue.Member(wellFormed(reader.nextName()), value()));
        }
        reader.endObject();
        level--;
        return new JsonValue.Members(members);
    }

    private JsonValue items() throws IOException, BadBodyException {
        List<JsonValue> items = new ArrayList<>();
        descend('[');
        reader.beginArray();
        while (reader.hasNext()) {
            items.add(value());
        }
        reader.endArray();
        level--;
        return new JsonValue.Items(items);
    }

    private void descend(char opening) throws BadBodyException {
        if (level == MOST_LEVELS) {
            throw new BadBodyException("invalid character '" + opening + "' exceeded max depth");
        }
        level++;
    }

    private JsonValue nothing() throws IOException {
        reader.<Object>nextNull();
        return new JsonValue.Null();
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
