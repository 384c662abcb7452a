package io.github.ohhhllama.queue.internal.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.ModelName;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.Test;

final class OkHttpPullStreamTest {

    private final Request request =
            new Request.Builder().url("http://127.0.0.1:1/api/pull").build();
    private final Call call = new OkHttpClient().newCall(request);

    /** Yields one line a read, then nothing more in time, as a socket does; notes what it saw of the call. */
    private final class Socket implements Source {

        private final Deque<String> lines =
                new ArrayDeque<>(List.of("{\"status\":\"1\"}\n", "{\"status\":\"2\"}\n", "{"));
        private final List<Boolean> cancelledAtRead = new ArrayList<>();
        private final Timeout timeout = new Timeout();

        @Override
        public long read(Buffer sink, long byteCount) throws SocketTimeoutException {
            cancelledAtRead.add(call.isCanceled());
            String line = lines.poll();
            if (line == null) {
                throw new SocketTimeoutException("timeout");
            }
            sink.writeUtf8(line);
            return line.length();
        }

        @Override
        public Timeout timeout() {
            return timeout;
        }

        @Override
        public void close() {}
    }

    private OkHttpPullStream stream(Socket socket) {
        Response response = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(Okio.buffer(socket), null, -1))
                .build();
        return new OkHttpPullStream(ModelName.parse("llama3"), call, ignored -> response, new OllamaJson());
    }

    @Test
    void waitsForTheNextLineAsLongAsTold() {
        Socket socket = new Socket();
        OkHttpPullStream stream = stream(socket);

        stream.next(Duration.ofSeconds(7));
        assertThat(socket.timeout.timeoutNanos()).isEqualTo(7_000_000_000L);
        stream.next(Duration.ZERO);
        assertThat(socket.timeout.timeoutNanos()).isZero();
    }

    @Test
    void readsWhatPiledUpBeforeItHangsUp() {
        Socket socket = new Socket();
        OkHttpPullStream stream = stream(socket);
        stream.next(Duration.ofSeconds(7));

        stream.close();

        assertThat(socket.lines).isEmpty();
        assertThat(socket.cancelledAtRead).containsExactly(false, false, false, false);
        assertThat(call.isCanceled()).isTrue();
    }
}
