package io.github.ohhhllama.proxy.internal.client;

import io.github.ohhhllama.ModelName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides from which registries models may come, so that nobody makes Ollama call the machines of its own network.
 * Refused are addresses in every notation that some library understands, and names of the local network; other names are
 * not resolved, so a name that leads to a private address passes. Immutable.
 */
public final class RegistryRules {

    /** No public registry can bear these: multicast DNS, private use (ICANN), home networks (RFC 8375), habit. */
    private static final List<String> LOCAL_ENDINGS =
            List.of(".localhost", ".localdomain", ".local", ".internal", ".home.arpa", ".lan");

    /** What ends in a number is an address to every parser of URLs, in whatever base; and so is what has two colons. */
    private static final Pattern ADDRESS = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)|.*:.*:.*");

    private static final Pattern PORT = Pattern.compile(":[^:]*$");
    private static final Pattern ENTRY = Pattern.compile("[a-z0-9_][a-z0-9_.:-]*|\\*");

    private final Set<String> allowed;

    /**
     * Creates the rules.
     *
     * @param allowed the hosts that are allowed although they would be refused, for instance {@code localhost:5000};
     *     without a port all of its ports are; {@code *} allows all
     * @throws IllegalArgumentException if an entry is no host
     */
    public RegistryRules(List<String> allowed) {
        this.allowed = allowed.stream().map(RegistryRules::entry).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns why a model may not be pulled, or empty if it may.
     *
     * @param model the model
     */
    public Optional<String> refusal(ModelName model) {
        if (model.isOnDefaultHost()) {
            return Optional.empty();
        }
        String host = model.host().toLowerCase(Locale.ROOT);
        String name = PORT.matcher(host).replaceFirst("");
        if (allowed.contains("*") || allowed.contains(host) || allowed.contains(name)) {
            return Optional.empty();
        }
        String bare = withoutEndingDots(name);
        boolean isLocal = bare.indexOf('.') < 0 || LOCAL_ENDINGS.stream().anyMatch(bare::endsWith);
        if (!isLocal
                && !ADDRESS.matcher(bare).matches()
                && !ADDRESS.matcher(host).matches()) {
            return Optional.empty();
        }
        return Optional.of("models from " + model.host()
                + " are refused because it is an address or a local name; whoever runs ohhhllama can allow it with"
                + " ALLOWED_REGISTRIES=" + host);
    }

    private static String withoutEndingDots(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '.') {
            end--;
        }
        return name.substring(0, end);
    }

    private static String entry(String entry) {
        String host = entry.strip().toLowerCase(Locale.ROOT);
        if (!ENTRY.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "\"" + entry + "\" is not a registry: expected a host, a host with port, or \"*\"");
        }
        return host;
    }
}
