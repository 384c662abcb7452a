package io.github.ohhhllama.examples;

import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.RegistryAnswer;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.proxy.Access;
import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.proxy.ProxyMetrics;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.FakeRegistry;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SteppedPacing;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Is the machine that the documents speak of: the program behind {@code ohhhllama} on the path, a running proxy before a
 * simulated Ollama, and a shell with a home of its own. Addresses and files are elsewhere than in the documents, and are
 * exchanged in what is typed and in what is printed.
 */
final class DocumentedMachine implements AutoCloseable {

    /** All that is on the path, so that nothing changes the machine that the test runs on. */
    static final List<String> PROGRAMS =
            List.of("bash", "curl", "find", "grep", "mv", "python3", "rm", "sed", "sha256sum", "sqlite3");

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long MB = 1_000_000;

    /** One of the documents, with a registry of its own. */
    static final String BIG = "localhost:5000/library/big";

    private final Path home;
    private final FakeOllama ollama = FakeOllama.start().version("0.33.0");
    private final FakeRegistry registry = new FakeRegistry();
    private final SteppedPacing line = Pacing.stepped(50 * MB);
    private final Ohhhllama ohhhllama;
    private final OhhhllamaProxy proxy;
    private boolean running = true;
    private @Nullable FakeOllama stranger;

    /** What was printed, and how it ended. */
    record Answer(String printed, int exitCode) {}

    DocumentedMachine(Path home) throws IOException {
        this.home = home;
        Path state = Files.createDirectories(home.resolve(".local/state/ohhhllama"));
        Path models = home.resolve(".ollama/models");
        Files.createDirectories(models.resolve("blobs"));
        for (String directory : List.of("bin", "backups", "etc", "tmp")) {
            Files.createDirectories(home.resolve(directory));
        }
        for (String model :
                List.of("llama2:70b", "llama3:70b", "llama3:8b", "mistral", "phi3", "qwen3", "gemma3", BIG)) {
            offer(FakeModel.of(model, 200 * MB));
        }
        ProxyMetrics metrics = new ProxyMetrics();
        ohhhllama = Ohhhllama.builder(state.resolve("queue.db"))
                .backend(ollama.uri())
                .registry(registry)
                .zone(ZONE)
                .modelFolder(models)
                .listener(metrics)
                .build();
        proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .backend(ollama.uri())
                .zone(ZONE)
                .access(new Access(List.of("127.0.0.0/8"), List.of(), List.of(), List.of()))
                .metrics(metrics)
                .start();
        ohhhllama.start();
        installPrograms();
    }

    /** Puts a model where Ollama and the registry have it. */
    void offer(FakeModel model) {
        ollama.offer(model);
        registry.offer(model);
    }

    void install(String model) {
        ollama.install(FakeModel.of(model, 200 * MB));
    }

    /** Offers a newer version of what is installed. */
    void renew(String model) {
        offer(FakeModel.of(model, 200 * MB).updated());
    }

    /** Queues models, each for somebody else. */
    void queue(String... models) {
        for (String model : models) {
            queueFor("friend-of-" + model, model);
        }
    }

    void queueFor(String requester, String model) {
        ohhhllama.queue().enqueue(PullRequest.of(ModelName.parse(model), Requester.named(requester)));
    }

    /** Queues a model of whose size its registry does not tell. */
    void queueUnsized(String model) {
        registry.answer(model, new RegistryAnswer.Unreachable("it is not there"));
        queue(model);
    }

    /** Begins with a download that takes long, and has measured how fast it is. */
    void download() {
        ollama.pace(Pacing.perSecond(5 * MB));
        ohhhllama.queue().process(Instant.now().plus(Duration.ofHours(3)));
        await().atMost(PATIENCE)
                .until(() -> entries().stream()
                        .anyMatch(entry -> entry.downloaded()
                                .filter(part -> part.bytesPerSecond() > 0)
                                .isPresent()));
    }

    /** Ends the window in the middle of the download. */
    void closeWindow() {
        ohhhllama.queue().process(Instant.now().plusSeconds(1));
        await().atMost(PATIENCE)
                .until(() -> entries().stream().noneMatch(entry -> entry.state() == EntryState.DOWNLOADING));
    }

    /** Has Ollama itself where the proxy should be, and nothing where Ollama should be. */
    void forgetTheProxy() {
        stop();
        ollama.close();
        stranger = FakeOllama.start(proxy.port()).version("0.33.0");
    }

    /** Downloads all there is. */
    void downloadAll() {
        ohhhllama.queue().process();
        await().atMost(PATIENCE)
                .until(() ->
                        entries().isEmpty() && !ohhhllama.queue().schedule().isRunning());
    }

    void fetchesNothing() {
        ollama.pace(line);
    }

    void closeOllama() {
        ollama.close();
    }

    /** Stops the service, which is stopped in the end in any case. */
    void stop() {
        if (running) {
            running = false;
            line.finish();
            proxy.close();
            ohhhllama.close();
        }
    }

    void write(String file, String text) throws IOException {
        Files.writeString(home.resolve(file), text);
    }

    /**
     * Types a command.
     *
     * @param before assignments that were typed before
     * @param command as it stands in the document
     */
    Answer type(List<String> before, String command) throws IOException, InterruptedException {
        String script = "set -o pipefail\n" + here(String.join("\n", before) + '\n' + command) + '\n';
        Path output = Files.createTempFile(home.resolve("tmp"), "answer", "");
        ProcessBuilder shell = new ProcessBuilder(home.resolve("bin/bash").toString(), "-c", script)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        shell.environment().clear();
        shell.environment()
                .putAll(Map.of(
                        "HOME",
                        home.toString(),
                        "LC_ALL",
                        "C.UTF-8",
                        "TZ",
                        ZONE.getId(),
                        "PATH",
                        home.resolve("bin").toString()));
        int exitCode = shell.start().waitFor();
        return new Answer(there(Files.readString(output)), exitCode);
    }

    @Override
    public void close() {
        stop();
        ollama.close();
        if (stranger != null) {
            stranger.close();
        }
    }

    private List<QueueEntry> entries() {
        return ohhhllama.queue().snapshot(Page.FIRST).queue().stream()
                .filter(entry -> entry.state() == EntryState.PENDING || entry.state() == EntryState.DOWNLOADING)
                .toList();
    }

    /** Says what the documents say with the addresses and files of this machine. */
    private String here(String text) {
        return text.replace("127.0.0.1:11434", "127.0.0.1:" + proxy.port())
                .replace("localhost:11434", "127.0.0.1:" + proxy.port())
                .replace("/var/lib/ohhhllama", home + "/.local/state/ohhhllama")
                .replace("/var/backups", home + "/backups")
                .replace("/etc/", home + "/etc/")
                .replaceAll("(?m)^\\./ohhhllama", "ohhhllama");
    }

    private String there(String text) {
        return text.replace("127.0.0.1:" + proxy.port(), "127.0.0.1:11434")
                .replace("127.0.0.1:" + ollama.port(), "127.0.0.1:11435")
                .replace(home + "/.local/state/ohhhllama", "/var/lib/ohhhllama")
                .replace("free in " + home, "free in /usr/share/ollama")
                .replace(home + "/backups", "/var/backups")
                .replace(home + "/etc/", "/etc/")
                .replace(home.toString(), "/home/me")
                .replaceAll("ohhhllama (?:\\(built from source\\)|[0-9]\\S*) on Java", "ohhhllama 0.1.0 on Java")
                .replaceAll("(?<=on Java [0-9.]{1,9})[+-]\\S+", "")
                // No registry is asked from a test.
                .replace("; no other clock could be asked.", ", as by that of the models' registry.");
    }

    /** Returns where a program of this machine is. */
    static Optional<Path> installed(String program) {
        return Stream.concat(
                        Stream.of("/usr/bin", "/bin"),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void installPrograms() throws IOException {
        for (String program : PROGRAMS) {
            program(program, "exec '" + installed(program).orElseThrow() + "' \"$@\"\n");
        }
        List<String> java = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        java.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.jboss.logging.provider=slf4j"));
        java.addAll(List.of("-Duser.name=me", "-Duser.home=" + home, "-Djava.io.tmpdir=" + home.resolve("tmp")));
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        program(
                "ohhhllama",
                String.format(Locale.ROOT, """
                case $1 in
                    check-config) ;;
                    doctor) export LISTEN_PORT=%d OLLAMA_BACKEND=%s PREFLIGHT=off ;;
                    *) export LISTEN_PORT=%d ;;
                esac
                exec '%s' "$@"
                """, proxy.port(), ollama.uri(), proxy.port(), String.join("' '", java)));
        // Asks as Ollama's own command line does, and shows what that shows.
        program("ollama", String.format(Locale.ROOT, """
                [ "$1" = pull ] || exit 64
                curl -sN -A 'ollama/0.33.0 (amd64 linux) Go/go1.24' http://127.0.0.1:%d/api/pull -d "{\\"model\\":\\"$2\\"}" |
                    sed -E 's/^\\{"status":"(.*)"\\}$/\\1/; s/^\\{"error":"(.*)"\\}$/Error: \\1/'
                """, proxy.port()));
        program("sudo", "exec \"$@\"\n");
    }

    private void program(String name, String body) throws IOException {
        Path file = home.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/bash\n" + body, StandardCharsets.UTF_8);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }
}
