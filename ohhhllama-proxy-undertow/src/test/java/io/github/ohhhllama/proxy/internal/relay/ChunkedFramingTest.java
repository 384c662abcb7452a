package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkedFramingTest {

    private static final String BODY =
            "5\r\nhello\r\n0a;x=\"y\"\r\n0123456789\r\n1\r\n\r\r\n000\r\nX-T: 1\r\nY:\r\n\r\n";

    @Test
    void findsTheEndWhereverTheBytesAreCut() throws MalformedMessageException {
        for (int cut = 0; cut <= BODY.length(); cut++) {
            assertThat(read(ChunkedFraming.kept(), cut, BODY + "GET / ")).isEqualTo(BODY);
        }
    }

    @Test
    void leavesTheDataAloneWhereverTheBytesAreCut() throws MalformedMessageException {
        for (int cut = 0; cut <= BODY.length(); cut++) {
            assertThat(read(ChunkedFraming.stripped(), cut, BODY)).isEqualTo("hello0123456789\r");
        }
    }

    @Test
    void isNotCompleteBeforeItsLastByte() throws MalformedMessageException {
        for (int cut = 0; cut < BODY.length(); cut++) {
            ChunkedFraming framing = ChunkedFraming.kept();
            framing.advance(bytes(BODY), 0, cut);
            assertThat(framing.isComplete()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc\r\n", "abc : x\r\n", ": x\r\n", " a: x\r\n", "a\tb: x\r\n"})
    void refusesATrailerThatIsNone(String line) {
        String text = "1\r\nx\r\n0\r\n" + line + "\r\n";

        assertThatThrownBy(() -> ChunkedFraming.kept().advance(bytes(text), 0, text.length()))
                .isInstanceOf(MalformedMessageException.class);
    }

    private static String read(ChunkedFraming framing, int cut, String text) throws MalformedMessageException {
        ByteBuffer first = bytes(text);
        ByteBuffer second = bytes(text);
        int firstEnd = framing.advance(first, 0, cut);
        int secondEnd = framing.advance(second, cut, text.length());
        assertThat(framing.isComplete()).isTrue();
        return text(first, 0, firstEnd) + text(second, cut, secondEnd);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(ByteBuffer bytes, int from, int to) {
        byte[] part = new byte[to - from];
        bytes.get(from, part);
        return new String(part, StandardCharsets.ISO_8859_1);
    }
}
