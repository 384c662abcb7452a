package io.github.ohhhllama.queue.internal.registry;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;

/**
 * Holds the body of an answer.
 *
 * @param bytes all of it
 */
record Body(ByteString bytes) {

    private static final Moshi MOSHI = new Moshi.Builder().build();

    /**
     * Reads the body to its end.
     *
     * @param response the answer, open
     * @param most how many bytes it may have
     * @throws UnlikeRegistryException if it has more
     * @throws IOException if the connection breaks
     */
    static Body read(Response response, long most) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(most + 1)) {
            throw new UnlikeRegistryException("answered with more than " + most + " bytes");
        }
        return new Body(source.readByteString());
    }

    /**
     * Returns the object that the body is.
     *
     * @throws UnlikeRegistryException if it is not JSON, or not an object of that shape
     */
    <T> T json(Class<T> shape) throws UnlikeRegistryException {
        try {
            T value = MOSHI.adapter(shape).fromJson(bytes.utf8());
            if (value != null) {
                return value;
            }
        } catch (IOException | JsonDataException otherShape) {
            throw new UnlikeRegistryException("answered with what is no " + shape.getSimpleName() + " in JSON");
        }
        throw new UnlikeRegistryException("answered with null");
    }

    /** Returns the SHA-256 of the bytes, 64 hex digits. */
    String digest() {
        return bytes.sha256().hex();
    }
}
