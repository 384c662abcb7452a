package io.github.ohhhllama.queue.internal.ollama;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Begins a pull when its first line is wanted, and reads it off its socket, line by line.
 *
 * <p>The reader holds {@code reading} while it waits; {@link #close()} breaks the socket first, which makes the reader
 * let go, and frees the rest afterwards.
 */
final class OkHttpPullStream implements PullStream {

    /** Ollama's own clients give up at 8 MB; its progress lines have some 200 bytes. */
    private static final long LONGEST_LINE = 1 << 20;

    /** Ollama writes a line every 60 ms: when this long nothing came, all it had to say was read. */
    private static final long QUIET_MILLIS = 20;

    private static final long DRAIN_MILLIS = 1_000;

    private final ModelName model;
    private final Call call;
    private final Function<Call, Response> opening;
    private final OllamaJson json;
    private final ReentrantLock reading = new ReentrantLock();
    private @Nullable Response response;
    private volatile boolean closed;

    /**
     * Prepares to read; nothing is sent yet.
     *
     * @param opening makes the call, or throws what Ollama says against it
     */
    OkHttpPullStream(ModelName model, Call call, Function<Call, Response> opening, OllamaJson json) {
        this.model = model;
        this.call = call;
        this.opening = opening;
        this.json = json;
    }

    @Override
    public Optional<PullProgress> next(Duration silence) {
        reading.lock();
        try {
            String line = closed ? null : nextLine(open().body().source(), silence);
            if (closed) {
                throw broken("was closed", null);
            }
            return line == null ? Optional.empty() : Optional.of(progress(line));
        } catch (OllamaException refused) {
            throw closed ? broken("was closed", refused) : refused;
        } catch (SocketTimeoutException silent) {
            throw closed ? broken("was closed", silent) : stalled(silence, silent);
        } catch (IOException broken) {
            throw broken(closed ? "was closed" : "broke off: " + reason(broken), broken);
        } finally {
            reading.unlock();
        }
    }

    private Response open() {
        if (response == null) {
            if (call.isExecuted()) {
                throw broken("did not begin", null);
            }
            response = opening.apply(call);
        }
        return response;
    }

    /** A connection that just ends has no message. */
    private static String reason(IOException broken) {
        String message = broken.getMessage();
        return message == null ? "the connection ended" : message;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (reading.tryLock()) {
            try {
                if (response != null) {
                    drain(response.body().source());
                }
            } finally {
                reading.unlock();
            }
        }
        call.cancel();
        reading.lock();
        try {
            if (response != null) {
                response.close();
            }
        } finally {
            reading.unlock();
        }
    }

    /** Returns the next line that is not blank, or null at the end. */
    private static @Nullable String nextLine(BufferedSource source, Duration silence) throws IOException {
        source.timeout().timeout(silence.toNanos(), TimeUnit.NANOSECONDS);
        String line;
        do {
            // The limit makes a line without end an error before it fills the memory.
            if (source.indexOf((byte) '\n', 0, LONGEST_LINE) < 0
                    && source.getBuffer().size() >= LONGEST_LINE) {
                throw new IOException("a line is longer than " + LONGEST_LINE + " bytes");
            }
            line = source.readUtf8Line();
        } while (line != null && line.isBlank());
        return line;
    }

    private PullProgress progress(String line) throws IOException {
        Wire.PullLine wire = json.read(Wire.PullLine.class, line);
        if (wire.error() != null) {
            throw new OllamaException(
                    FailureTable.ofText(wire.error()), FailureTable.explained(wire.error()), null, null);
        }
        return new PullProgress(
                Objects.requireNonNullElse(wire.status(), ""),
                wire.digest(),
                count(wire.total()),
                count(wire.completed()));
    }

    /** Failed parts are taken off again, so that a count may be below zero for a moment. */
    private static long count(@Nullable Long bytes) {
        return bytes == null ? 0 : Math.max(0, bytes);
    }

    /**
     * Reads what has piled up since the last {@link #next}. Ollama does not notice a client that leaves while its handler
     * waits for room to write, and would download to the end in the background; a handler that waits for progress does.
     */
    private static void drain(BufferedSource source) {
        try {
            source.timeout().timeout(QUIET_MILLIS, TimeUnit.MILLISECONDS).deadline(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
            while (!source.exhausted()) {
                source.getBuffer().clear();
            }
        } catch (IOException quiet) {
            // This is the moment to hang up; the timeout closed the socket already.
        }
    }

    private OllamaException stalled(Duration silence, SocketTimeoutException cause) {
        return new OllamaException(
                PullFailure.STALLED,
                "nothing came for " + silence.toSeconds() + " s while pulling " + model,
                null,
                cause);
    }

    private OllamaException broken(String what, @Nullable Throwable cause) {
        return new OllamaException(PullFailure.NETWORK, "the pull of " + model + ' ' + what, null, cause);
    }
}
