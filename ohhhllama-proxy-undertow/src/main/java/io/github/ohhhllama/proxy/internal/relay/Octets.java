package io.github.ohhhllama.proxy.internal.relay;

/** Knows the classes of bytes that RFC 9110 §5.5 and §5.6 and RFC 3986 §3.2 speak of. */
final class Octets {

    private static final int DELETE = 0x7f;
    private static final boolean[] TOKEN = new boolean[256];
    private static final boolean[] TEXT = new boolean[256];
    private static final boolean[] HOST = new boolean[256];

    static {
        for (int octet = 0; octet < TEXT.length; octet++) {
            TEXT[octet] = (octet >= ' ' && octet != DELETE) || octet == '\t';
            TOKEN[octet] = octet < DELETE && Character.isLetterOrDigit(octet);
            HOST[octet] = TOKEN[octet];
        }
        "!#$%&'*+-.^_`|~".chars().forEach(octet -> TOKEN[octet] = true);
        "!$%&'()*+,-.:;=[]_~".chars().forEach(octet -> HOST[octet] = true);
    }

    private Octets() {}

    /** Returns whether the byte may stand in a field name. */
    static boolean isToken(byte octet) {
        return TOKEN[octet & 0xff];
    }

    /** Returns whether a text, one char per byte, may be a method or the name of a field. */
    static boolean isToken(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!TOKEN[text.charAt(at)]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Returns whether all of a text, one char per byte, may stand in a host with its port: as Go's server sees it. */
    static boolean isHost(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!HOST[text.charAt(at)]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the byte may stand in a line: everything but control characters. */
    static boolean isText(byte octet) {
        return TEXT[octet & 0xff];
    }
}
