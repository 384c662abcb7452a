package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.xnio.ChannelPipe;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/** Whoever resumes reading, the thread that reads goes on with what was sent ahead. */
final class RequestGuardTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int PATIENCE_SECONDS = 10;

    private XnioWorker worker;
    private ChannelPipe<StreamConnection, StreamConnection> pipe;

    /** Lets the thread that reads look for work, and find none, between two calls of the thread that resumes. */
    private static final class Interleaved extends AbstractStreamSourceConduit<StreamSourceConduit> {

        private final XnioIoThread thread;

        private Interleaved(StreamSourceConduit next, XnioIoThread thread) {
            super(next);
            this.thread = thread;
        }

        @Override
        public void resumeReads() {
            super.resumeReads();
            if (Thread.currentThread() != thread) {
                CountDownLatch seen = new CountDownLatch(1);
                thread.execute(seen::countDown);
                await(seen);
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        worker = Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
        pipe = worker.createFullDuplexPipeConnection();
    }

    @AfterEach
    void stop() throws Exception {
        pipe.getLeftSide().close();
        pipe.getRightSide().close();
        worker.shutdown();
        worker.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** What followed half an answer would be taken for its other half. */
    @Test
    void tellsWhenAClientDidNotTakeAllOfAnAnswer() throws IOException {
        StreamConnection client = pipe.getRightSide();
        RequestGuard guard = new RequestGuard(
                client,
                new DefaultByteBufferPool(false, 1 << 10),
                new StallWatch(client.getIoThread(), SocketTable.LINUX));
        assertThat(guard.say(ByteBuffer.allocate(1))).isTrue();

        ByteBuffer answers = ByteBuffer.allocate(1 << 20);
        assertThat(guard.say(answers)).isFalse();
        assertThat(answers.hasRemaining()).isTrue();
    }

    @RepeatedTest(10)
    void wakesAThreadThatFellAsleepBeforeIt() throws IOException {
        StreamConnection client = pipe.getRightSide();
        XnioIoThread thread = client.getIoThread();
        RequestGuard guard = new RequestGuard(
                client,
                new Interleaved(client.getSourceChannel().getConduit(), thread),
                new DefaultByteBufferPool(false, 1 << 10),
                new StallWatch(thread, SocketTable.LINUX));
        CountDownLatch woken = new CountDownLatch(1);
        client.getSourceChannel().setReadListener(channel -> woken.countDown());

        ByteBuffer sent = ByteBuffer.wrap((GET + GET).getBytes(StandardCharsets.US_ASCII));
        pipe.getLeftSide().getSinkChannel().write(sent);
        assertThat(guard.read(ByteBuffer.allocate(1 << 10))).isEqualTo(GET.length());
        guard.resumeReads();

        assertThat(await(woken)).isTrue();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
