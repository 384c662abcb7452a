package io.github.ohhhllama.queue;

import io.github.ohhhllama.queue.internal.notify.Delivery;
import io.github.ohhhllama.queue.internal.notify.Message;
import io.github.ohhhllama.queue.internal.notify.Messenger;
import io.github.ohhhllama.queue.internal.notify.Target;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Says who is told what, by a request to an address of theirs (a webhook). Immutable.
 *
 * <p>The addresses and the secret are never shown: {@link #toString} and {@link #addresses} name form, scheme and host.
 *
 * @since 0.1.0
 */
public final class Webhooks {

    /** Tells nobody anything. */
    public static final Webhooks NONE = new Webhooks(List.of(), "", Set.of());

    private static final Set<String> KINDS = Set.of("ready", "failed", "night");
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

    private final List<Target> targets;
    private final String secret;
    private final Set<String> kinds;

    /**
     * Says what became of a test message.
     *
     * @param address to whom it went, without what is secret
     * @param taken whether it was taken
     * @param words what was answered, or what stood against it
     */
    public record Trial(String address, boolean taken, String words) {}

    private Webhooks(List<Target> targets, String secret, Set<String> kinds) {
        this.targets = List.copyOf(targets);
        this.secret = secret;
        this.kinds = Set.copyOf(kinds);
    }

    /**
     * Parses addresses; all of them are told everything.
     *
     * @param addresses URLs, separated by commas or spaces, each perhaps with a form and a plus sign before it: {@code
     *     ntfy}, {@code gotify}, {@code slack}, {@code discord}, or {@code json}, which it is without
     * @param secret what messages are signed with, after Standard Webhooks 1.0; empty for no signature
     * @throws IllegalArgumentException if an address cannot be read, or the secret cannot; neither is in the message
     */
    public static Webhooks parse(String addresses, String secret) {
        List<Target> targets = new ArrayList<>();
        for (String address : SEPARATOR.split(addresses.strip(), -1)) {
            if (!address.isEmpty()) {
                targets.add(Target.parse(address));
            }
        }
        Messenger.requireKey(secret);
        return new Webhooks(targets, secret, KINDS);
    }

    /**
     * Returns the same, for some of what can happen only.
     *
     * @param kinds {@code ready}, {@code failed} and {@code night}, separated by commas
     * @throws IllegalArgumentException if one of them is another word
     */
    public Webhooks only(String kinds) {
        Set<String> chosen = new TreeSet<>();
        for (String kind : SEPARATOR.split(kinds.strip().toLowerCase(Locale.ROOT), -1)) {
            if (!KINDS.contains(kind)) {
                throw new IllegalArgumentException(
                        "\"" + kind + "\" is nothing that can be told, expected ready, failed or night");
            }
            chosen.add(kind);
        }
        return new Webhooks(targets, secret, chosen);
    }

    /** Returns who is told: form, scheme and host of each. */
    public List<String> addresses() {
        return targets.stream().map(Target::toString).toList();
    }

    /**
     * Sends a test message to everybody, and waits for the answers, ten seconds each at most.
     *
     * @param environment where {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} are looked up
     * @param clock tells when that is
     */
    public List<Trial> test(Map<String, String> environment, Clock clock) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Message message = new Message(
                UUID.randomUUID().toString(),
                "test",
                now,
                "ohhhllama can reach you",
                "This is a test. You will be told here of: " + String.join(", ", new TreeSet<>(kinds)) + '.',
                Map.of());
        try (Messenger messenger = new Messenger(environment, Courier.BUDGET, clock)) {
            return targets.stream()
                    .map(target -> trial(messenger, target, message))
                    .toList();
        }
    }

    /** Returns what each is told of, by the digests of their addresses. */
    Map<String, String> kinds() {
        Map<String, String> told = new LinkedHashMap<>();
        targets.forEach(target -> told.put(target.digest(), String.join(",", new TreeSet<>(kinds))));
        return told;
    }

    /** Sends a message to the one with a digest. */
    Delivery send(Messenger messenger, String digest, Message message) {
        return targets.stream()
                .filter(target -> target.digest().equals(digest))
                .findFirst()
                .map(target -> messenger.send(target, message, secret))
                .orElseGet(() -> new Delivery.Postponed("it is told nothing any more", null));
    }

    /** Names the one with a digest. */
    String address(String digest) {
        return targets.stream()
                .filter(target -> target.digest().equals(digest))
                .map(Target::toString)
                .findFirst()
                .orElse(digest);
    }

    /** Returns who is told, and nothing that is secret. */
    @Override
    public String toString() {
        return "Webhooks" + addresses();
    }

    private Trial trial(Messenger messenger, Target target, Message message) {
        Delivery delivery = messenger.send(target, message, secret);
        return new Trial(target.toString(), delivery instanceof Delivery.Taken, delivery.words());
    }
}
