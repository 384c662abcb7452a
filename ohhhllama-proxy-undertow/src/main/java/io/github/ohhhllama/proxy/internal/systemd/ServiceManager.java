package io.github.ohhhllama.proxy.internal.systemd;

import io.github.ohhhllama.proxy.internal.settings.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tells systemd how the service is, by the protocol of sd_notify(3). Thread-safe.
 *
 * <p>The messages are datagrams to a Unix socket, which Java 17 cannot send; the program {@code systemd-notify}, a part of
 * every systemd, sends them. Therefore the unit needs {@code NotifyAccess=all}.
 *
 * @param notifier sends the messages it is given
 * @param watchdog how long systemd waits for a sign of life, or nothing if it does not
 */
public record ServiceManager(Notifier notifier, Optional<Duration> watchdog) {

    /** Says that the service does what it is for; said with each sign of life, as a single message may be lost. */
    private static final String READY = "READY=1";

    private static final String ALIVE = "WATCHDOG=1";
    private static final String RELOADING = "RELOADING=1";
    private static final String STOPPING = "STOPPING=1";

    /** Sends messages. */
    @FunctionalInterface
    public interface Notifier {

        /**
         * Sends assignments such as {@code READY=1}, in one message. A message that cannot be sent is lost.
         *
         * @param assignments what to say
         */
        void send(List<String> assignments);
    }

    /**
     * Returns the systemd that started this process, or nothing if none did.
     *
     * @param environment holds {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC} then
     */
    public static Optional<ServiceManager> of(Environment environment) {
        if (environment.variable("NOTIFY_SOCKET").isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> program = environment.program("systemd-notify");
        return program.map(path -> new ServiceManager(new NotifyProgram(path), watchdog(environment)));
    }

    /** Says that the service does what it is for. */
    public void ready() {
        notifier.send(List.of(READY));
    }

    /** Says that it still does. */
    public void alive() {
        notifier.send(List.of(READY, ALIVE));
    }

    /**
     * Says that the service reads its settings again; {@link #ready} says that it has. With the moment, as
     * {@code Type=notify-reload} (systemd 253) wants it; the counter of Java is that of the kernel, CLOCK_MONOTONIC.
     */
    public void reloading() {
        notifier.send(List.of(RELOADING, "MONOTONIC_USEC=" + System.nanoTime() / 1000));
    }

    /** Says that it ends. */
    public void stopping() {
        notifier.send(List.of(STOPPING));
    }

    private static Optional<Duration> watchdog(Environment environment) {
        return environment
                .variable("WATCHDOG_USEC")
                .filter(text -> text.matches("[1-9][0-9]{0,15}"))
                .map(text -> Duration.ofNanos(Long.parseLong(text) * 1000));
    }
}
