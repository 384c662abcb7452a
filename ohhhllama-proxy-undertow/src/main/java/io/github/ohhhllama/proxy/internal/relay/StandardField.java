package io.github.ohhhllama.proxy.internal.relay;

/** The header fields that a proxy has to understand. */
enum StandardField {
    HOST("host", false),
    EXPECT("expect", false),
    CONTENT_LENGTH("content-length", false),
    TRANSFER_ENCODING("transfer-encoding", true),
    CONNECTION("connection", true),
    KEEP_ALIVE("keep-alive", true),
    PROXY_CONNECTION("proxy-connection", true),
    PROXY_AUTHENTICATE("proxy-authenticate", true),
    PROXY_AUTHORIZATION("proxy-authorization", true),
    TE("te", true),
    TRAILER("trailer", true),
    UPGRADE("upgrade", true),
    HTTP2_SETTINGS("http2-settings", true),
    OTHER("", false);

    private static final StandardField[] ALL = values();

    private final String name;
    private final boolean hopByHop;

    StandardField(String name, boolean hopByHop) {
        this.name = name;
        this.hopByHop = hopByHop;
    }

    /** Returns whether the field is meant for the next hop only (RFC 9110 §7.6.1), whatever {@code Connection} says. */
    boolean isHopByHop() {
        return hopByHop;
    }

    /** Returns the field with the name that stands in {@code bytes}, in any case, or {@link #OTHER}. */
    static StandardField named(byte[] bytes, int from, int to) {
        for (StandardField field : ALL) {
            if (field.name.length() == to - from && field.matches(bytes, from)) {
                return field;
            }
        }
        return OTHER;
    }

    private boolean matches(byte[] bytes, int from) {
        for (int i = 0; i < name.length(); i++) {
            int letter = bytes[from + i];
            if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
