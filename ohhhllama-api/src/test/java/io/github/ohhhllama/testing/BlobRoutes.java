package io.github.ohhhllama.testing;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Answers {@code /api/blobs/…}: uploads of any size, in constant memory. */
final class BlobRoutes {

    static final String PREFIX = "/api/blobs/";

    private static final Pattern DIGEST = Pattern.compile("sha256[:-][0-9a-fA-F]{64}");

    private final ModelStore store;

    BlobRoutes(ModelStore store) {
        this.store = store;
    }

    void handle(Exchange exchange) throws IOException {
        String digest = exchange.path().substring(PREFIX.length());
        boolean isUpload = exchange.method().equals("POST");
        if (!isUpload && !exchange.method().equals("HEAD")) {
            exchange.reply(405, "text/plain", "405 method not allowed", "Allow: HEAD, POST");
        } else if (!DIGEST.matcher(digest).matches()) {
            exchange.json(400, "error", "invalid digest format");
        } else if (store.hasBlob(digest)) {
            // The body of an upload is left unread, and the connection is closed.
            exchange.reply(200, "", "");
        } else if (isUpload) {
            upload(exchange, digest);
        } else {
            exchange.reply(404, "", "");
        }
    }

    private void upload(Exchange exchange, String digest) throws IOException {
        MessageDigest sha256 = sha256();
        exchange.readBody(sha256::update);
        String actual = "sha256:" + HexFormat.of().formatHex(sha256.digest());
        if (actual.equals(digest.replace('-', ':'))) {
            store.addBlob(digest);
            exchange.reply(201, "", "");
        } else {
            exchange.json(400, "error", "digest mismatch, expected \"" + digest + "\", got \"" + actual + '"');
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
