package io.github.ohhhllama.proxy.internal.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;

/**
 * Finds the first JSON value of a body and says what is wrong with it, as the scanner of Go 1.26's {@code encoding/json}
 * does, whose states these are; its words, and that it ends after the value, are part of how Ollama understands a body.
 */
final class GoScanner {

    private static final int MOST_LEVELS = 10_000;

    private static final String ESCAPES = "\"\\/bfnrtu";
    private static final int DIGITS_OF_AN_ESCAPE = 4;

    private enum State {
        VALUE,
        FIRST_ITEM,
        FIRST_KEY,
        KEY,
        AFTER_KEY,
        AFTER_ITEM,
        AFTER_MEMBER,
        STRING,
        ESCAPE,
        HEX,
        WORD,
        MINUS,
        ZERO,
        DIGITS,
        POINT,
        FRACTION,
        E,
        SIGN,
        EXPONENT,
        END
    }

    private static final Set<State> IN_TEXT = EnumSet.range(State.STRING, State.EXPONENT);
    private static final Set<State> NUMBER = EnumSet.of(State.ZERO, State.DIGITS, State.FRACTION, State.EXPONENT);

    /** A copy of the body and, as far as it was read, in place of it the value without its white space, never longer. */
    private final byte[] text;
    /** What follows a value in each of the arrays and objects that are open. */
    private final Deque<State> open = new ArrayDeque<>();

    private State state = State.VALUE;
    private int at;
    private int length;
    private int start;
    private int hexDigits;
    private boolean inKey;
    private String word = "";

    private GoScanner(byte[] body) {
        this.text = body;
    }

    /**
     * Scans the first value; what follows it is not looked at.
     *
     * @return the value, without white space around and in it, save in its strings
     * @throws BadBodyException in Go's words, if there is no value or something is wrong with it
     */
    static JsonText scan(byte[] body) throws BadBodyException {
        return new GoScanner(body.clone()).scan();
    }

    private JsonText scan() throws BadBodyException {
        while (at < text.length && isSpace(text[at])) {
            at++;
        }
        if (at == text.length) {
            throw new BadBodyException("missing request body");
        }
        for (; at < text.length && state != State.END; at++) {
            state = next(text[at]);
        }
        if (NUMBER.contains(state) && open.isEmpty()) {
            state = State.END;
        }
        if (state != State.END) {
            throw new BadBodyException("unexpected EOF");
        }
        return new JsonText(text, 0, length);
    }

    private State next(byte octet) throws BadBodyException {
        if (isSpace(octet) && !IN_TEXT.contains(state)) {
            return state;
        }
        return switch (state) {
            case VALUE -> value(octet);
            case FIRST_ITEM -> octet == ']' ? close(octet) : value(octet);
            case FIRST_KEY -> octet == '}' ? close(octet) : key(octet);
            case KEY -> key(octet);
            case AFTER_KEY -> afterKey(octet);
            case AFTER_ITEM -> afterItem(octet);
            case AFTER_MEMBER -> afterMember(octet);
            case STRING -> string(octet);
            case ESCAPE -> escape(octet);
            case HEX -> hex(octet);
            case WORD -> word(octet);
            case MINUS -> minus(octet);
            case DIGITS -> isDigit(octet) ? keep(octet, state) : fraction(octet);
            case ZERO -> fraction(octet);
            case POINT -> digit(octet, State.FRACTION, "after decimal point in numeric literal");
            case FRACTION -> isDigit(octet) ? keep(octet, state) : exponent(octet);
            case E -> octet == '+' || octet == '-' ? keep(octet, State.SIGN) : sign(octet);
            case SIGN -> sign(octet);
            case EXPONENT -> isDigit(octet) ? keep(octet, state) : endNumber(octet);
            case END -> throw new IllegalStateException("expected nothing after the end");
        };
    }

    private State value(byte octet) throws BadBodyException {
        return switch (octet) {
            case '{' -> open(octet, State.AFTER_MEMBER, State.FIRST_KEY);
            case '[' -> open(octet, State.AFTER_ITEM, State.FIRST_ITEM);
            case '"' -> text(false);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number(octet);
        };
    }

    private State text(boolean isKey) {
        inKey = isKey;
        return keep(text[at], State.STRING);
    }

    private State literal(String expected) {
        word = expected;
        start = at;
        return keep(text[at], State.WORD);
    }

    private State number(byte octet) throws BadBodyException {
        return octet == '-' ? keep(octet, State.MINUS) : integer(octet, "looking for beginning of value");
    }

    private State open(byte octet, State after, State first) throws BadBodyException {
        if (open.size() == MOST_LEVELS) {
            throw unexpected(octet, "exceeded max depth");
        }
        open.push(after);
        return keep(octet, first);
    }

    private State close(byte octet) {
        open.pop();
        return keep(octet, afterValue());
    }

    private State key(byte octet) throws BadBodyException {
        if (octet != '"') {
            throw unexpected(octet, "looking for beginning of object key string");
        }
        return text(true);
    }

    private State afterKey(byte octet) throws BadBodyException {
        if (octet != ':') {
            throw unexpected(octet, "after object key");
        }
        return keep(octet, State.VALUE);
    }

    private State afterItem(byte octet) throws BadBodyException {
        return switch (octet) {
            case ',' -> keep(octet, State.VALUE);
            case ']' -> close(octet);
            default -> throw unexpected(octet, "after array element");
        };
    }

    private State afterMember(byte octet) throws BadBodyException {
        return switch (octet) {
            case ',' -> keep(octet, State.KEY);
            case '}' -> close(octet);
            default -> throw unexpected(octet, "after object key:value pair");
        };
    }

    private State string(byte octet) throws BadBodyException {
        if (octet >= 0 && octet < ' ') {
            throw unexpected(octet, "in string literal");
        }
        return switch (octet) {
            case '"' -> keep(octet, inKey ? State.AFTER_KEY : afterValue());
            case '\\' -> keep(octet, State.ESCAPE);
            default -> keep(octet, State.STRING);
        };
    }

    private State escape(byte octet) throws BadBodyException {
        if (ESCAPES.indexOf(octet) < 0) {
            throw unexpected(octet, "in string escape code");
        }
        hexDigits = 0;
        return keep(octet, octet == 'u' ? State.HEX : State.STRING);
    }

    private State hex(byte octet) throws BadBodyException {
        if (Character.digit(octet, 16) < 0) {
            throw unexpected(octet, "in \\u hexadecimal character escape");
        }
        hexDigits++;
        return keep(octet, hexDigits == DIGITS_OF_AN_ESCAPE ? State.STRING : State.HEX);
    }

    private State word(byte octet) throws BadBodyException {
        char wanted = word.charAt(at - start);
        if (octet != wanted) {
            throw unexpected(octet, "in literal " + word + " (expecting '" + wanted + "')");
        }
        return keep(octet, at - start == word.length() - 1 ? afterValue() : State.WORD);
    }

    private State minus(byte octet) throws BadBodyException {
        return integer(octet, "in numeric literal");
    }

    private State integer(byte octet, String where) throws BadBodyException {
        return octet == '0' ? keep(octet, State.ZERO) : digit(octet, State.DIGITS, where);
    }

    private State fraction(byte octet) throws BadBodyException {
        return octet == '.' ? keep(octet, State.POINT) : exponent(octet);
    }

    private State exponent(byte octet) throws BadBodyException {
        return octet == 'e' || octet == 'E' ? keep(octet, State.E) : endNumber(octet);
    }

    private State sign(byte octet) throws BadBodyException {
        return digit(octet, State.EXPONENT, "in exponent of numeric literal");
    }

    private State digit(byte octet, State next, String where) throws BadBodyException {
        if (!isDigit(octet)) {
            throw unexpected(octet, where);
        }
        return keep(octet, next);
    }

    /** A number is over with the first byte that is none of its own. */
    private State endNumber(byte octet) throws BadBodyException {
        state = afterValue();
        return state == State.END ? state : next(octet);
    }

    private State afterValue() {
        return open.isEmpty() ? State.END : open.element();
    }

    private State keep(byte octet, State next) {
        text[length++] = octet;
        return next;
    }

    private static BadBodyException unexpected(byte octet, String where) {
        return new BadBodyException("invalid character " + GoCharacter.quoted(octet) + ' ' + where);
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\t' || octet == '\r';
    }
}
