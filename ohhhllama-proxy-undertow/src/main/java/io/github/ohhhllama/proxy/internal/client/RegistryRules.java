package io.github.ohhhllama.proxy.internal.client;

import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import io.github.ohhhllama.ModelName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges the registry a model would come from: whoever may ask for a model must not thereby reach into the network behind
 * Ollama, so addresses and local names are refused unless they are listed. Nothing is looked up in DNS. Immutable.
 */
public final class RegistryRules {

    private static final List<String> LOCAL_ENDINGS =
            List.of(".localhost", ".local", ".internal", ".home.arpa", ".lan");

    /** Every notation of an address that some library between here and the registry may understand. */
    private static final IPAddressStringParameters ANY_NOTATION = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(true)
            .getParentBuilder()
            .toParams();

    private final List<String> allowed;

    private RegistryRules(List<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * Creates the rules.
     *
     * @param allowedRegistries hosts that are allowed all the same, with a port for that port only, or {@code *} for all
     */
    public static RegistryRules of(List<String> allowedRegistries) {
        return new RegistryRules(allowedRegistries.stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .toList());
    }

    /**
     * Judges a model.
     *
     * @param model its name
     * @return why it is refused, or empty if it may be pulled
     */
    public Optional<String> refusal(ModelName model) {
        String authority = model.host().toLowerCase(Locale.ROOT);
        String host = withoutPort(authority);
        if (!isLocal(host) || allowed.contains("*") || allowed.contains(authority) || allowed.contains(host)) {
            return Optional.empty();
        }
        return Optional.of("models from " + model.host()
                + " are refused because it is an address or a local name; whoever runs ohhhllama can allow it with"
                + " ALLOWED_REGISTRIES=" + authority);
    }

    private static boolean isLocal(String host) {
        return isAddress(host)
                || !host.contains(".")
                || LOCAL_ENDINGS.stream()
                        .anyMatch(ending -> (host + '.').endsWith(ending + '.') || host.endsWith(ending + '.'));
    }

    private static boolean isAddress(String host) {
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return host.contains(":") || new IPAddressString(bare, ANY_NOTATION).isIPAddress();
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon >= 0 && authority.indexOf(':') == colon;
        return port ? authority.substring(0, colon) : authority;
    }
}
