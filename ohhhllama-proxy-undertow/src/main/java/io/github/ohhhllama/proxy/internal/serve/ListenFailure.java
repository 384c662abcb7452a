package io.github.ohhhllama.proxy.internal.serve;

import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Listen;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** Explains why an address cannot be listened on. */
public final class ListenFailure {

    private ListenFailure() {}

    /**
     * Returns what is wrong and what helps, if that is why the proxy did not start.
     *
     * @param failure what the start ended with
     * @param listen where it was to listen
     * @return the words for the person who started it, or empty if it failed for another reason
     */
    public static Optional<String> explain(Throwable failure, Listen listen) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return Optional.of(unknown(listen.host()));
            }
            if (cause instanceof BindException refused) {
                return Optional.of(refused(refused, listen));
            }
        }
        return Optional.empty();
    }

    private static String unknown(String host) {
        return "LISTEN_HOST is \"" + host
                + "\", a name that stands for no address; expected an address of this machine, "
                + "a name that stands for one, 0.0.0.0 or ::";
    }

    private static String refused(BindException cause, Listen listen) {
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        String address =
                (listen.host().contains(":") ? '[' + listen.host() + ']' : listen.host()) + ':' + listen.port();
        if (words.contains("in use")) {
            return "port " + listen.port() + " is in use (" + address + "): by Ollama itself? Move it with "
                    + "OLLAMA_HOST=127.0.0.1:11435, or choose another port here with --listen-port";
        }
        if (words.contains("permission")) {
            return "port " + listen.port() + " may not be used by this user (" + address
                    + "); ports below 1024 are root's, choose another with --listen-port";
        }
        return address + " cannot be listened on (" + cause.getMessage()
                + "); expected an address of this machine in LISTEN_HOST, 0.0.0.0 or ::";
    }
}
