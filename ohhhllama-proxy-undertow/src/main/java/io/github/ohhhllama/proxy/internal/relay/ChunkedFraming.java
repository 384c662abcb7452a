package io.github.ohhhllama.proxy.internal.relay;

import java.nio.ByteBuffer;

/**
 * Follows a chunked body (RFC 9112 §7.1), byte by byte outside of the data.
 *
 * <p>Accepts only what cannot be read in two ways: hexadecimal sizes, CRLF at every line's end, no control characters in
 * extensions and trailers. So the bytes may be passed on as they are.
 */
final class ChunkedFraming implements BodyFraming {

    private enum Place {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        END_LF,
        END
    }

    private static final int MOST_DIGITS = 15;
    private static final int LONGEST_LINE = 4096;

    private final boolean stripped;
    private Place place = Place.SIZE;
    private int digits;
    private int lineLength;
    private long chunk;

    private ChunkedFraming(boolean stripped) {
        this.stripped = stripped;
    }

    /** Returns a framing that passes sizes, extensions and trailers on as they came. */
    static ChunkedFraming kept() {
        return new ChunkedFraming(false);
    }

    /** Returns a framing that passes on the data alone, moved together in the buffer. */
    static ChunkedFraming stripped() {
        return new ChunkedFraming(true);
    }

    @Override
    public boolean isComplete() {
        return place == Place.END;
    }

    @Override
    public boolean endsWithConnection() {
        return stripped;
    }

    @Override
    public BodyFraming content() {
        return stripped ? BodyFraming.untilClose() : stripped();
    }

    @Override
    public int advance(ByteBuffer raw, int from, int to) throws MalformedMessageException {
        int read = from;
        int write = from;
        while (read < to && place != Place.END) {
            if (place == Place.DATA) {
                int count = (int) Math.min(to - read, chunk);
                if (write != read) {
                    raw.put(write, raw, read, count);
                }
                skip(count);
                read += count;
                write += count;
            } else {
                step(raw.get(read));
                read++;
                write += stripped ? 0 : 1;
            }
        }
        return write;
    }

    private void skip(int count) {
        chunk -= count;
        if (chunk == 0) {
            place = Place.DATA_CR;
        }
    }

    private void step(byte octet) throws MalformedMessageException {
        place = switch (place) {
            case SIZE -> size(octet);
            case EXTENSION -> line(octet, Place.EXTENSION, Place.SIZE_LF);
            case SIZE_LF -> expect(octet, '\n', afterSize());
            case DATA_CR -> expect(octet, '\r', Place.DATA_LF);
            case DATA_LF -> expect(octet, '\n', nextSize());
            case TRAILER_START -> octet == '\r' ? Place.END_LF : trailer(octet);
            case TRAILER_NAME -> octet == ':' ? Place.TRAILER_VALUE : trailer(octet);
            case TRAILER_VALUE -> line(octet, Place.TRAILER_VALUE, Place.TRAILER_LF);
            case TRAILER_LF -> expect(octet, '\n', Place.TRAILER_START);
            case END_LF -> expect(octet, '\n', Place.END);
            case DATA, END -> throw new IllegalStateException("no framing is read in " + place);
        };
    }

    private Place size(byte octet) throws MalformedMessageException {
        int digit = Character.digit(octet, 16);
        if (digit >= 0) {
            if (++digits > MOST_DIGITS) {
                throw new MalformedMessageException("a chunk size has more than " + MOST_DIGITS + " digits");
            }
            chunk = chunk * 16 + digit;
            return Place.SIZE;
        }
        if (digits == 0) {
            throw new MalformedMessageException("expected a chunk size, found byte " + octet);
        }
        return octet == '\r' ? Place.SIZE_LF : expect(octet, ';', Place.EXTENSION);
    }

    private Place afterSize() {
        lineLength = 0;
        return chunk == 0 ? Place.TRAILER_START : Place.DATA;
    }

    private Place nextSize() {
        digits = 0;
        return Place.SIZE;
    }

    private Place trailer(byte octet) throws MalformedMessageException {
        if (!Octets.isToken(octet)) {
            throw new MalformedMessageException("expected the name of a trailer or an empty line, found byte " + octet);
        }
        return spend(Place.TRAILER_NAME);
    }

    private Place line(byte octet, Place same, Place next) throws MalformedMessageException {
        return spend(Octets.isText(octet) ? same : expect(octet, '\r', next));
    }

    /** Trailer lines share one budget, as the size line has its own. */
    private Place spend(Place next) throws MalformedMessageException {
        if (++lineLength > LONGEST_LINE) {
            throw new MalformedMessageException("a chunk's line is longer than " + LONGEST_LINE + " bytes");
        }
        return next;
    }

    private static Place expect(byte octet, char wanted, Place next) throws MalformedMessageException {
        if (octet != wanted) {
            throw new MalformedMessageException(
                    "expected byte " + (int) wanted + " in chunked framing, found " + octet);
        }
        return next;
    }
}
