package io.github.ohhhllama.queue.internal.registry;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.RegistryAnswer;
import io.github.ohhhllama.queue.internal.ollama.RetryAfter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks registries over HTTP as Ollama v0.33 does, and is a polite guest: two questions at a time and host, the same
 * question once, answers remembered for a while, and a registry that failed left in peace.
 *
 * <p>Redirects are followed as Go follows them, to other hosts and schemes, too. Certificates are judged by the JVM's
 * trust store. No key, password or token that belongs to anybody is sent, but the proxy's own to the proxy.
 *
 * <p>Thread-safe; a question blocks its caller for {@link RegistryLimits#budget} at most.
 */
public final class HttpRegistry implements Registry, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpRegistry.class);
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final int MOST_PER_HOST = 2;
    private static final int MOST_AT_ONCE = 32;

    private final RegistryLimits limits;
    private final Supplier<String> userAgent;
    private final Clock clock;
    private final KeptAnswers kept;
    private final QuietRegistries quiet;
    private final ConcurrentMap<Question, Flight> flights = new ConcurrentHashMap<>();
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), HttpRegistry::thread);
    private final OkHttpClient client;

    /**
     * Creates a client; nothing is connected yet.
     *
     * @param limits how long things take and are remembered
     * @param environment where {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} are looked up
     * @param userAgent what it calls itself, asked before each question, on a thread of this client; registries refuse
     *     models to an Ollama that is too old for them, by its {@code ollama/0.33.0 (amd64 linux) Go/go1.26.0}
     * @param clock tells how old answers are, and how long a registry is left in peace
     */
    public HttpRegistry(
            RegistryLimits limits, Map<String, String> environment, Supplier<String> userAgent, Clock clock) {
        this.limits = limits;
        this.userAgent = userAgent;
        this.clock = clock;
        this.kept = new KeptAnswers(limits, clock);
        this.quiet = new QuietRegistries(limits, clock);
        EnvironmentProxies proxies = new EnvironmentProxies(Map.copyOf(environment));
        OkHttpClient plain = new OkHttpClient.Builder()
                .dispatcher(dispatcher(threads))
                .proxySelector(proxies)
                .proxyAuthenticator(proxies)
                .connectTimeout(limits.budget())
                .readTimeout(limits.budget())
                .writeTimeout(limits.budget())
                .callTimeout(limits.budget())
                .addNetworkInterceptor(RetryAfter::tamed)
                .build();
        this.client = plain.newBuilder()
                .addInterceptor(this::admit)
                .authenticator(new AnonymousTokens(plain))
                .build();
    }

    @Override
    public RegistryAnswer manifest(ModelName model, boolean insecure) {
        try {
            return Question.of(model, insecure)
                    .map(this::answer)
                    .orElseGet(() ->
                            new RegistryAnswer.Unreachable('"' + model.host() + "\" is no host that can be asked"));
        } catch (RuntimeException unforeseen) {
            LOG.warn("The registry of {} was not asked", model, unforeseen);
            return new RegistryAnswer.Unreachable(model.host() + " was not asked: " + unforeseen.getMessage());
        }
    }

    @Override
    public Optional<RegistryAnswer> remembered(ModelName model, boolean insecure) {
        return Question.of(model, insecure).flatMap(this::remembered);
    }

    /** Breaks off what is under way; questions after that are answered with unreachable. */
    @Override
    public void close() {
        threads.shutdown();
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }

    private RegistryAnswer answer(Question question) {
        return remembered(question).orElseGet(() -> ask(question));
    }

    private Optional<RegistryAnswer> remembered(Question question) {
        return kept.find(question).or(() -> peace(question));
    }

    private Optional<RegistryAnswer> peace(Question question) {
        return quiet.words(question.registry()).map(words -> unreachable(question, "is " + words));
    }

    private RegistryAnswer ask(Question question) {
        Flight flight = new Flight(question);
        Request request = request(flight);
        Flight underWay = flights.putIfAbsent(question, flight);
        if (underWay != null) {
            return underWay.answer.join();
        }
        Optional<RegistryAnswer> landedJustNow = kept.find(question);
        if (landedJustNow.isPresent()) {
            flight.land(landedJustNow.get());
        } else {
            flight.answer.completeOnTimeout(late(question), limits.budget().toMillis(), TimeUnit.MILLISECONDS);
            client.newCall(request).enqueue(flight);
        }
        return flight.answer.join();
    }

    private Request request(Flight flight) {
        return new Request.Builder()
                .url(flight.question.url())
                .header("Accept", MANIFEST)
                .tag(Flight.class, flight)
                .build();
    }

    /** Signs a question when its turn has come, and looks once more whether it is to be asked: signing may take a while. */
    private Response admit(Interceptor.Chain chain) throws IOException {
        Flight flight = Objects.requireNonNull(chain.request().tag(Flight.class));
        Request question = flight.answer.isDone() ? chain.request() : signed(chain.request());
        if (flight.answer.isDone()) {
            throw new NotAskedException("was not asked, since nobody waits any more");
        }
        Optional<String> peace = quiet.words(flight.question.registry());
        if (peace.isPresent()) {
            throw new NotAskedException("is " + peace.get());
        }
        return chain.proceed(question);
    }

    private Request signed(Request question) throws NotAskedException {
        try {
            return question.newBuilder().header("User-Agent", userAgent.get()).build();
        } catch (RuntimeException unforeseen) {
            LOG.warn("{} was not asked", question.url(), unforeseen);
            throw new NotAskedException("was not asked: " + unforeseen.getMessage());
        }
    }

    private RegistryAnswer read(Question question, Response response) {
        if (ManifestReader.isPassing(response.code())) {
            return failed(question, "answered " + response.code(), RetryAfter.of(response.headers(), clock));
        }
        try {
            RegistryAnswer answer = ManifestReader.read(response, question.host());
            quiet.answered(question.registry());
            kept.keep(question, answer);
            return answer;
        } catch (IOException trouble) {
            return failed(question, trouble);
        }
    }

    private RegistryAnswer failed(Question question, IOException trouble) {
        // A call that took too long before anything was asked fails for that, with what happened then as the cause.
        boolean notAsked = trouble instanceof NotAskedException || trouble.getCause() instanceof NotAskedException;
        // Neither says that the registry is down, and anybody may name a model that makes it answer oddly.
        if (notAsked || trouble instanceof UnlikeRegistryException) {
            return unreachable(question, String.valueOf(trouble.getMessage()));
        }
        String cause =
                trouble instanceof InterruptedIOException ? silence() : "could not be reached: " + firstLine(trouble);
        return failed(question, cause, null);
    }

    private RegistryAnswer failed(Question question, String cause, @Nullable Duration retryAfter) {
        quiet.failed(question.registry(), cause, retryAfter);
        return unreachable(question, cause);
    }

    private RegistryAnswer late(Question question) {
        return unreachable(question, silence());
    }

    private String silence() {
        return "did not answer within " + limits.budget().toMillis() + " ms";
    }

    /** What is wrong with a certificate fills a page. */
    private static String firstLine(IOException trouble) {
        return String.valueOf(trouble.getMessage()).lines().findFirst().orElse("");
    }

    private static RegistryAnswer unreachable(Question question, String what) {
        return new RegistryAnswer.Unreachable(question.host() + ' ' + what);
    }

    private static Dispatcher dispatcher(ExecutorService threads) {
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(MOST_AT_ONCE);
        dispatcher.setMaxRequestsPerHost(MOST_PER_HOST);
        return dispatcher;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ohhhllama-registry");
        thread.setDaemon(true);
        return thread;
    }

    /** Is a question under way, for all who ask it meanwhile. */
    private final class Flight implements Callback {

        private final Question question;
        private final CompletableFuture<RegistryAnswer> answer = new CompletableFuture<>();

        Flight(Question question) {
            this.question = question;
        }

        @Override
        public void onResponse(Call call, Response response) {
            RegistryAnswer heard = unreachable(question, "was not understood");
            try (response) {
                heard = read(question, response);
            } finally {
                land(heard);
            }
        }

        @Override
        public void onFailure(Call call, IOException trouble) {
            land(failed(question, trouble));
        }

        void land(RegistryAnswer heard) {
            flights.remove(question);
            answer.complete(heard);
        }
    }

    /** Thrown when a question's turn comes too late. */
    private static final class NotAskedException extends IOException {

        private static final long serialVersionUID = 1L;

        NotAskedException(String message) {
            super(message);
        }
    }
}
