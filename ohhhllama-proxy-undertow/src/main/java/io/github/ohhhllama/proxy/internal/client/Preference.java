package io.github.ohhhllama.proxy.internal.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a client prefers by its {@code Prefer} headers (RFC 7240).
 *
 * @param respondAsync whether it wants an answer at once, about work that is done later
 * @param waits whether it wants to wait for the work
 * @param limit how long it wants to wait at most, or null if that does not matter
 */
public record Preference(
        boolean respondAsync, boolean waits, @Nullable Duration limit) {

    private static final int MOST_DIGITS = 9;
    private static final long LONGEST = 999_999_999;
    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /**
     * Parses the header. What is unknown or malformed counts as not said; of a preference that is said twice the first
     * counts.
     *
     * @param lines the lines of the header, in their order
     */
    public static Preference parse(List<String> lines) {
        Map<String, String> said = new HashMap<>();
        for (String element : HeaderList.elements(lines)) {
            String preference = HeaderList.parts(element).stream().findFirst().orElse("");
            int equals = preference.indexOf('=');
            String name = equals < 0 ? preference : preference.substring(0, equals);
            String value = equals < 0 ? "" : preference.substring(equals + 1);
            said.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), HeaderList.unquoted(value.strip()));
        }
        String wait = said.get("wait");
        Duration limit = wait != null && SECONDS.matcher(wait).matches() ? seconds(wait) : null;
        boolean waits = wait != null && (limit != null || wait.isEmpty());
        return new Preference(said.containsKey("respond-async"), waits, limit);
    }

    /** RFC 9110 has what is too large to be counted taken for the largest number there is. */
    private static Duration seconds(String digits) {
        return Duration.ofSeconds(digits.length() > MOST_DIGITS ? LONGEST : Long.parseLong(digits));
    }

    /** Returns how long the client wants to wait at most, if it said so. */
    public Optional<Duration> atMost() {
        return Optional.ofNullable(limit);
    }
}
