package io.github.ohhhllama.proxy.internal.client;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a Host header.
 *
 * @param host the name or address in lower case, without brackets; may be empty
 * @param port what stands for a port, which Ollama v0.33 does not look at either; may be empty
 */
record Authority(String host, String port) {

    /** No name of a host is longer; what is goes past no pattern, whose time grows faster than the text. */
    private static final int LONGEST = 300;

    private static final Pattern BRACKETED = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::([^:\\[\\]]*))?");
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._-]*)(?::([^:\\[\\]]*))?");
    private static final Pattern BARE_IPV6 = Pattern.compile("([0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)()");

    /** Returns the parts, or empty if the text cannot be the name of a host. */
    static Optional<Authority> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        for (Pattern form : new Pattern[] {NAMED, BRACKETED, BARE_IPV6}) {
            Matcher matcher = form.matcher(text.strip());
            if (matcher.matches()) {
                String port = matcher.group(2);
                return Optional.of(new Authority(matcher.group(1).toLowerCase(Locale.ROOT), port == null ? "" : port));
            }
        }
        return Optional.empty();
    }
}
