package io.github.ohhhllama.proxy.internal.ollama;

import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Notices;
import io.github.ohhhllama.proxy.internal.process.OrderlyStop;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Backend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;

/** Sees to it that an Ollama is at the backend's address, as {@code --with-ollama} promises. */
public final class OllamaNeighbour {

    private static final int PROBE_MILLIS = 1000;

    private final Surroundings surroundings;
    private final Notices notices;

    /**
     * Creates a neighbour; nothing is looked at or started yet.
     *
     * @param surroundings tell which program Ollama is, and the time
     * @param notices are given what is done, and what a child writes
     */
    public OllamaNeighbour(Surroundings surroundings, Notices notices) {
        this.surroundings = surroundings;
        this.notices = notices;
    }

    /**
     * Starts an Ollama unless something answers there, and has it ended with us; if what answers ends, one is started in its
     * place. It may be one of ours whose proxy was killed, and that lives on only until it has something to say.
     *
     * @param backend where it is to be
     * @param stop ends the one that is started
     * @return whether one was started
     * @throws CommandFailure if the address is not one of this machine, or there is no Ollama to start
     */
    public boolean accompany(Backend backend, OrderlyStop stop) {
        boolean taken = answers(backend);
        Optional<Path> installed = surroundings.environment().program("ollama");
        if (taken) {
            notices.say("Something answers at " + backend.authority()
                    + " already: it is used as it is, and not ended with ohhhllama.");
            if (!isHere(backend) || installed.isEmpty()) {
                return false;
            }
        }
        if (!isHere(backend)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--with-ollama runs Ollama on this machine, but OLLAMA_BACKEND is " + backend.uri()
                            + ", expected an address of this machine such as http://127.0.0.1:11435");
        }
        Path program = installed.orElseThrow(() -> new CommandFailure(
                ExitCode.FAILED,
                "--with-ollama found no program \"ollama\" on the PATH; install it from https://ollama.com/download"));
        OllamaProcess ollama = new OllamaProcess(
                program,
                backend.authority(),
                OllamaProcess.Timing.USUAL,
                surroundings.clock(),
                () -> answers(backend),
                line -> notices.say("[ollama] " + line));
        if (!taken) {
            notices.say("Starting " + program + " on " + backend.authority() + '.');
        }
        stop.add(ollama::close);
        stop.announce(ollama::retire);
        ollama.start();
        return !taken;
    }

    /**
     * Tells whether something accepts connections there; waits a second at most.
     *
     * @param backend where to look
     */
    public static boolean answers(Backend backend) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(backend.host(), backend.port()), PROBE_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Tells whether it is an address of this machine. */
    static boolean isHere(Backend backend) {
        try {
            InetAddress address = InetAddress.getByName(backend.host());
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException unknown) {
            return false;
        }
    }
}
