package io.github.ohhhllama.queue.internal.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Is an address at which somebody is told things, and the form that is understood there. What follows the host is a secret
 * in most of them, so it is never shown. Immutable.
 */
public final class Target {

    private static final String EXPECTED =
            "expected https://HOST/PATH, or the same after ntfy+, gotify+, slack+, discord+" + " or json+";
    private static final Pattern SHAPE = Pattern.compile("(?:(?<form>[a-z]+)\\+)?(?<url>https?://[^/].*)");
    private static final int SHOWN_OF_NONSENSE = 8;

    private final Form form;
    private final HttpUrl url;
    private final @Nullable String authorization;
    private final String digest;

    private Target(Form form, HttpUrl url, String text) {
        this.form = form;
        this.authorization = url.username().isEmpty() && url.password().isEmpty()
                ? null
                : Credentials.basic(url.username(), url.password(), StandardCharsets.UTF_8);
        this.url = url.newBuilder().username("").password("").build();
        this.digest = sha256(text);
    }

    /**
     * Parses an address.
     *
     * @param text a URL, perhaps with the form and a plus sign before it
     * @throws IllegalArgumentException if it is none; the message shows no more of it than its beginning
     */
    public static Target parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            String beginning = text.substring(0, Math.min(SHOWN_OF_NONSENSE, text.length()));
            throw new IllegalArgumentException('"' + beginning + "…\" is no address: " + EXPECTED);
        }
        HttpUrl url = HttpUrl.parse(shape.group("url"));
        if (url == null) {
            throw new IllegalArgumentException("the address after "
                    + shape.group("url").replaceFirst("//.*", "//") + " cannot be read: " + EXPECTED);
        }
        String form = shape.group("form");
        return new Target(form == null ? Form.JSON : form(form), url, text);
    }

    /** Returns what tells it from others and gives nothing away. */
    public String digest() {
        return digest;
    }

    Form form() {
        return form;
    }

    HttpUrl url() {
        return url;
    }

    @Nullable String authorization() {
        return authorization;
    }

    /** Returns form, scheme and host, and nothing of what is secret. */
    @Override
    public String toString() {
        boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
        return form.word() + '+' + url.scheme() + "://" + url.host() + (usual ? "" : ":" + url.port()) + "/…";
    }

    private static Form form(String word) {
        for (Form form : Form.values()) {
            if (form.word().equals(word)) {
                return form;
            }
        }
        throw new IllegalArgumentException('"' + word + "+\" is no form of a message: " + EXPECTED);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
