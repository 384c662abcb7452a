package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Finds the clients that left while Ollama does not read their requests, or after they sent many requests ahead; belongs to
 * one I/O thread.
 *
 * <p>Such a client is not read from, so neither the end of its sending nor a reset comes to our notice. Reading on without
 * limit would be buffering without limit, so we read on only where the kernel says that the connection is not open any more:
 * then what can still come is no more than what is on its way, and its end shows what has happened. An error, or an end in the
 * middle of the body, ends the request to Ollama. A complete body has a client that closed only its side, and it goes on.
 *
 * <p>What cannot be seen: on another machine (or in another network namespace), a client that closes in good order while
 * more is unsent than fits in our socket's buffer. Its kernel keeps the end back until there is room, and tells nobody.
 * Systems other than Linux have no {@link SocketTable}, and under a listener that hears of addresses by the PROXY protocol it
 * does not have them; there a little is read ahead of any request that is held up, and who had more than that on its way is
 * missed when Ollama reads on.
 */
final class StallWatch {

    private static final int ROUND_MILLIS = 250;

    /** Who sends more than this in a round is served so fast that an end comes through in time. */
    private static final int FAST = 1 << 22;

    /** More than Linux puts into the buffers of both sockets (4 MiB and 32 MiB) unless it is told otherwise. */
    private static final int MOST_OF_A_CLOSED_CLIENT = 40 << 20;

    private static final int MOST_OF_ANY_CLIENT = 1 << 20;

    private final XnioIoThread thread;
    private final Path tables;
    private final Map<Stalled, Long> progress = new HashMap<>();
    private boolean waiting;

    /** Makes one that reads the tables of {@link SocketTable} from a directory. */
    StallWatch(XnioIoThread thread, Path tables) {
        this.thread = thread;
        this.tables = tables;
    }

    /** Looks after a client until it is read from again. */
    void add(Stalled client) {
        progress.putIfAbsent(client, client.progress());
        if (!waiting) {
            waiting = true;
            WorkerUtils.executeAfter(thread, this::round, ROUND_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void round() {
        waiting = false;
        progress.keySet().removeIf(client -> !client.isHeldUp());
        List<Stalled> stalled = new ArrayList<>();
        progress.forEach((client, before) -> {
            if (client.progress() - before < FAST) {
                stalled.add(client);
            }
        });
        progress.replaceAll((client, before) -> client.progress());
        if (!stalled.isEmpty()) {
            // Reading the table takes milliseconds, more where there are many connections.
            thread.getWorker().execute(() -> look(stalled));
        }
        progress.keySet().stream().findAny().ifPresent(this::add);
    }

    private void look(List<Stalled> stalled) {
        SocketTable table = table();
        // Other than the thread itself, this puts up with a server that is being closed.
        WorkerUtils.executeAfter(
                thread, () -> stalled.forEach(client -> judge(client, table)), 0, TimeUnit.MILLISECONDS);
    }

    private @Nullable SocketTable table() {
        try {
            return SocketTable.read(tables);
        } catch (IOException otherSystem) {
            return null;
        }
    }

    private static void judge(Stalled client, @Nullable SocketTable table) {
        InetSocketAddress local = client.connection().getLocalAddress(InetSocketAddress.class);
        InetSocketAddress peer = client.connection().getPeerAddress(InetSocketAddress.class);
        if (table == null || !table.isInUse(local.getPort())) {
            client.readAhead(MOST_OF_ANY_CLIENT);
        } else if (!table.isOpen(local, peer)) {
            client.readAhead(MOST_OF_A_CLOSED_CLIENT);
        }
    }
}
