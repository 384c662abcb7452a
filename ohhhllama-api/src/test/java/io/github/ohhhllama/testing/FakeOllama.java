package io.github.ohhhllama.testing;

import io.github.ohhhllama.ModelName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Simulates Ollama and the registry behind it: a real HTTP server on a loopback port that says what Ollama v0.33 says,
 * and goes wrong where a test wants it to.
 *
 * <p>Thread-safe. Needs the JDK only. Downloads move no bytes: they count, as fast as the {@link Pacing} allows, and
 * survive a cancelled pull; unless it is told to fetch them from a {@link RegistryServer}.
 *
 * @since 0.1.0
 */
public final class FakeOllama implements AutoCloseable {

    private final ModelStore store = new ModelStore();
    private final Script script = new Script();
    private final PullCount count = new PullCount();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<RecordedRequest> untaken = new LinkedBlockingQueue<>();
    private final WireServer server;

    private FakeOllama(int port) {
        Routes routes = new Routes(store, script, count);
        this.server = new WireServer(port, routes::handle, this::record);
    }

    /**
     * Starts on a free port.
     *
     * @throws java.io.UncheckedIOException if there is none
     */
    public static FakeOllama start() {
        return start(0);
    }

    /**
     * Starts on a port of the caller's choice, for instance the one of a predecessor that was closed.
     *
     * @param port the port, 0 for a free one
     * @throws java.io.UncheckedIOException if it is taken
     */
    public static FakeOllama start(int port) {
        FakeOllama ollama = new FakeOllama(port);
        ollama.server.start();
        return ollama;
    }

    /** Returns where it listens: {@code http://127.0.0.1:port}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Returns the port it listens on. */
    public int port() {
        return server.port();
    }

    /**
     * Puts a model into the registry, where a pull finds it.
     *
     * @param model the model
     */
    public FakeOllama offer(FakeModel model) {
        store.offer(model);
        return this;
    }

    /**
     * Puts a model into the registry and onto this Ollama.
     *
     * @param model the model
     */
    public FakeOllama install(FakeModel model) {
        store.offer(model);
        store.install(model);
        return this;
    }

    /**
     * Sets how fast downloads are.
     *
     * @param pacing asked for every piece of a layer, in bytes
     */
    public FakeOllama pace(Pacing pacing) {
        script.pace(pacing);
        return this;
    }

    /**
     * Fetches the bytes of layers over HTTP, from where an earlier pull stopped, instead of counting them; the registry's
     * pacing counts then, not this one's.
     *
     * @param registry where the models that are offered here are offered, too
     */
    public FakeOllama fetchFrom(RegistryServer registry) {
        script.fetchFrom(registry);
        return this;
    }

    /**
     * Lets the next pull of a model go wrong; called more than once, the one after it too.
     *
     * @param model the model's name, in any spelling
     * @param fault what happens; {@link Fault#NONE} to let one pull pass
     * @throws io.github.ohhhllama.InvalidModelNameException if that is no name
     */
    public FakeOllama fault(String model, Fault fault) {
        script.fault(ModelName.parse(model), fault);
        return this;
    }

    /** Lets one pull that hangs go on. */
    public void resume() {
        script.resume();
    }

    /**
     * Answers the next request for a path, whatever its method, with something else than Ollama would.
     *
     * @param path the decoded path without query
     * @param answer what to send
     */
    public FakeOllama answer(String path, Answer answer) {
        script.answer(path, answer);
        return this;
    }

    /**
     * Sets what inference answers.
     *
     * @param tokens the tokens
     * @param pacing asked before each of them, always for 1
     */
    public FakeOllama say(List<String> tokens, Pacing pacing) {
        script.say(tokens, pacing);
        return this;
    }

    /**
     * Sets the version it claims to be.
     *
     * @param version for instance {@code 0.33.0}
     */
    public FakeOllama version(String version) {
        script.version(version);
        return this;
    }

    /** Returns all requests so far, in the order in which their bodies ended. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /**
     * Waits for the next request that no call took before.
     *
     * @param patience how long to wait
     * @return the request
     * @throws IllegalStateException if none came
     * @throws InterruptedException if the caller is interrupted
     */
    public RecordedRequest takeRequest(Duration patience) throws InterruptedException {
        RecordedRequest request = untaken.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (request == null) {
            throw new IllegalStateException("expected a request within " + patience + ", none came");
        }
        return request;
    }

    /** Returns how many pulls run. */
    public int pullsRunning() {
        return count.running();
    }

    /** Returns the most pulls that ever ran at once. */
    public int mostPullsAtOnce() {
        return count.most();
    }

    /** Returns the names that were pulled, as they were spelled, one for each start. */
    public List<String> pulls() {
        return count.started();
    }

    /**
     * Waits until a number of pulls run.
     *
     * @param running how many; 0 to wait for the last one to end
     * @param patience how long to wait
     * @return whether it came to that in time
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean awaitPulls(int running, Duration patience) throws InterruptedException {
        return count.await(running, patience);
    }

    /**
     * Returns how many bytes of a model are here, installed or not.
     *
     * @param model the name of a model, in any spelling; one that was never offered has 0
     * @throws io.github.ohhhllama.InvalidModelNameException if that is no name
     */
    public long downloaded(String model) {
        return store.offered(ModelName.parse(model)).map(store::downloaded).orElse(0L);
    }

    /** Returns the display names of the models that are here, newest first. */
    public List<String> installed() {
        return store.installed().stream()
                .map(here -> here.model().name().display())
                .toList();
    }

    /** Hangs up on everybody and frees the port. */
    @Override
    public void close() {
        server.close();
    }

    private void record(RecordedRequest request) {
        requests.add(request);
        untaken.add(request);
    }
}
