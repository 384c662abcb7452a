package io.github.ohhhllama.queue.internal.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages, so that the receiver can tell that they come from here: after Standard Webhooks 1.0, HMAC-SHA256 over the
 * id, the time and the body.
 *
 * @param secret what both sides know; after {@code whsec_} it is Base64
 */
record Signature(String secret) {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    /**
     * Returns the value of {@code webhook-signature}.
     *
     * @param id the message
     * @param seconds when it is sent, since 1970
     * @param body the body as it is sent
     */
    String of(String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            mac.update((id + '.' + seconds + '.').getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has HMAC-SHA256", missing);
        }
    }

    /**
     * Returns the key that a secret stands for.
     *
     * @throws IllegalArgumentException if it begins with {@code whsec_} and does not go on in Base64
     */
    static byte[] key(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        try {
            byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            if (key.length > 0) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Says which characters stand there, and nobody is to read them.
        }
        throw new IllegalArgumentException("after " + PREFIX + " a secret goes on in Base64");
    }

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "Signature";
    }
}
