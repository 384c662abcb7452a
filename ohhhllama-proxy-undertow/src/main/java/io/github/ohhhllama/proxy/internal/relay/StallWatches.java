package io.github.ohhhllama.proxy.internal.relay;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.XnioIoThread;

/** Holds the {@link StallWatch} of each I/O thread of a listener. Thread-safe. */
final class StallWatches {

    private final Path tables;
    private final Map<XnioIoThread, StallWatch> watches = new ConcurrentHashMap<>();

    /** Has them read the tables of {@link SocketTable} from a directory. */
    StallWatches(Path tables) {
        this.tables = tables;
    }

    /** Returns the one of a thread. */
    StallWatch of(XnioIoThread thread) {
        return watches.computeIfAbsent(thread, each -> new StallWatch(each, tables));
    }
}
