package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.Call.Answer;
import io.github.ohhhllama.proxy.ProxySettings.Access;
import io.github.ohhhllama.proxy.ProxySettings.PullReply;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SettableClock;
import io.github.ohhhllama.testing.SteppedPacing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks the whole proxy, with a real queue behind it, as clients ask. */
final class OhhhllamaProxyTest {

    private static final String CLI = "ollama/0.33.0 (amd64 linux) Go/go1.26.0";
    private static final String CURL = "curl/8.5.0";
    private static final Access OPEN_TO_NOBODY = new Access(List.of(), List.of(), List.of(), List.of());

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private FakeOllama ollama;
    private Ohhhllama ohhhllama;
    private OhhhllamaProxy proxy;

    @BeforeEach
    void start() throws IOException {
        ollama = FakeOllama.start()
                .install(FakeModel.of("llama3:8b", 1000))
                .offer(FakeModel.of("llama3:70b", 1_000_000))
                .offer(FakeModel.of("mistral", 1_000_000))
                .offer(FakeModel.of("gpt-oss:20b-cloud", 384))
                .offer(FakeModel.of("evil/weights:big-cloud", 50_000_000));
        start(5, OPEN_TO_NOBODY, PullReply.AUTO);
    }

    @AfterEach
    void stop() {
        proxy.close();
        ohhhllama.close();
        ollama.close();
    }

    // What is answered to whom.

    @Test
    void tellsAnOllamaClientInAnErrorLineThatTheModelIsQueued() throws IOException {
        Answer answer = pull(CLI, "{\"model\":\"llama3:70b\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Content-Type")).contains("application/x-ndjson");
        assertThat(answer.body().lines())
                .containsExactly(
                        "{\"status\":\"pulling manifest\"}",
                        "{\"error\":\"llama3:70b is queued for off-peak download: position 1,"
                                + " starts 2026-11-24 03:00 CET. It is not here yet.\"}");
        assertThat(ollama.pulls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ollama-python/0.6.2 (x86_64 linux) Python/3.11.7",
                "ollama-js/0.6.3 (x64 linux Node.js/v20.20.2)",
                "Python/3.11 aiohttp/3.11.11",
                "Java-http-client/17.0.15",
                "ReactorNetty/1.2.3"
            })
    void tellsAnOllamaClientThatDoesNotStreamWith503(String agent) throws IOException {
        Answer answer = pull(agent, "{\"model\":\"llama3:70b\",\"stream\":false}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.field("Retry-After")).contains(Long.toString(14 * 3600));
        assertThat(answer.body()).startsWith("{\"error\":\"llama3:70b is queued");
    }

    @Test
    void tellsEverybodyElseWithOneObject() throws IOException {
        Answer answer = pull(CURL, "{\"model\":\"llama3:70b\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"queued\",\"message\":\"Model llama3:70b added to download queue\","
                        + "\"queue_id\":1,\"position\":1,\"starts_at\":\"2026-11-24T02:00:00Z\","
                        + "\"rate_limit\":{\"limit\":5,\"remaining\":4}}");
    }

    @Test
    void knowsAllSpellingsOfAModelThatIsQueued() throws IOException {
        pull(CURL, "{\"model\":\"mistral\"}");

        for (String spelling :
                List.of("mistral:latest", "MISTRAL", "library/mistral", "https://registry.ollama.ai/library/mistral")) {
            assertThat(pull(CURL, "{\"name\":\"" + spelling + "\"}").body())
                    .startsWith("{\"status\":\"already_queued\"")
                    .contains("\"queue_id\":1", "\"rate_limit\":{\"limit\":5,\"remaining\":4}");
        }
        assertThat(queue().snapshot(Page.FIRST).counts().pending()).isEqualTo(1);
    }

    @Test
    void asksNotForAModelThatIsBeingDownloadedAgain() throws IOException {
        ollama.pace(Pacing.stepped(1000));
        pull(CURL, "{\"model\":\"mistral\"}");
        queue().process();
        await().until(() -> entry("mistral").state() == EntryState.DOWNLOADING);

        assertThat(pull(CURL, "{\"model\":\"mistral:latest\"}").body()).contains("already_queued", "\"queue_id\":1");
    }

    @Test
    void prefersWhatTheRequestPrefers() throws IOException {
        Answer answer = call("POST", "/api/pull")
                .as(CLI)
                .with("Prefer", "respond-async")
                .body("{\"model\":\"mistral\"}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
    }

    @Test
    void holdsTheAnswerOfOneWhoWaitsUntilTheModelIsHere() throws IOException {
        ollama.pace(Pacing.pieces(500_000));
        try (Socket socket = call("POST", "/api/pull")
                .as(CLI)
                .with("Prefer", "wait")
                .body("{\"model\":\"mistral\"}")
                .open()) {
            Call.readTo(socket.getInputStream(), "{\"status\":\"pulling manifest\"}\n");
            queue().process();

            String rest = Call.readTo(socket.getInputStream(), "{\"status\":\"success\"}\n");
            assertThat(rest).doesNotContain("error");
        }
        assertThat(ollama.installed()).contains("mistral:latest");
    }

    @Test
    void showsOneWhoWaitsTheBeatOfTheQueue() throws IOException {
        try (Socket socket = held("mistral")) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            clock.advance(Duration.ofMinutes(12));

            assertThat(Call.readTo(socket.getInputStream(), "}\n"))
                    .contains("\"status\":\"queued, waited 12m\"", "\"digest\":\"sha256:", "\"completed\":1}");
        }
    }

    @Test
    void tellsOneWhosePatienceEndsThatTheModelIsStillQueued() throws IOException {
        try (Socket socket = call("POST", "/api/pull")
                .as(CLI)
                .with("Prefer", "wait=60")
                .body("{\"model\":\"mistral\"}")
                .open()) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            clock.advance(Duration.ofSeconds(61));

            assertThat(Call.readTo(socket.getInputStream(), "\"}\n"))
                    .contains("mistral is queued for off-peak download");
        }
    }

    @Test
    void keepsTheModelOfOneWhoStoppedWaiting() throws IOException {
        try (Socket socket = held("mistral")) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
        }
        assertThat(entry("mistral").state()).isEqualTo(EntryState.PENDING);
    }

    @Test
    void tellsOneWhoWaitsWhyTheModelDoesNotCome() throws IOException {
        try (Socket socket = held("no-such-model")) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            queue().process();

            assertThat(Call.readTo(socket.getInputStream(), "\"}\n\r\n0\r\n"))
                    .contains("{\"error\":\"pull model manifest: file does not exist");
        }
    }

    @Test
    void holdsEverybodyIfSoConfigured() throws IOException {
        restart(5, OPEN_TO_NOBODY, PullReply.HOLD);
        ollama.pace(Pacing.unlimited());
        try (Socket socket = call("POST", "/api/pull")
                .as(CURL)
                .body("{\"model\":\"mistral\",\"stream\":false}")
                .open()) {
            await().until(() -> queue().snapshot(Page.FIRST).counts().pending() == 1);
            queue().process();

            assertThat(Call.readTo(socket.getInputStream(), "{\"status\":\"success\"}"))
                    .contains("HTTP/1.1 200");
        }
    }

    // What may not pass.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/pull",
                "/api/pull?x=1",
                "/api/pull?",
                "/api/%70ull",
                "/%61pi/pull",
                "/api/pu%6cl?model=zz",
                "/api%2Fpull",
                "/api%2fpull",
                "http://localhost/api/pull",
                "http://localhost:11434/api/%70ull?x"
            })
    void queuesEverySpellingOfThePathThatOllamaWouldTake(String target) throws IOException {
        Answer answer =
                call("POST", target).as(CURL).body("{\"model\":\"llama3:70b\"}").send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(ollama.requests()).noneMatch(request -> request.method().equals("POST"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost/api/pull", "http://localhost:1/api/%70ull?x=%zz", "HTTP://nas.local/api/pull"})
    void letsTheHostOfTheTargetReplaceTheHeader(String target) throws IOException {
        Answer answer = call("POST", target)
                .host("127.0.0.1:11434")
                .body("{\"model\":\"llama3:70b\"}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(call("GET", "http://evil.example/api/tags").send().status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/API/pull", "/api/PULL", "/api/pull%20", "/api/pull/x", "/api/%2e/pull"})
    void passesOnWhatOllamaWouldNotTakeForAPull(String target) throws IOException {
        Answer answer =
                call("POST", target).as(CURL).body("{\"model\":\"llama3:70b\"}").send();

        assertThat(answer.status()).isEqualTo(404);
        assertThat(ollama.pulls()).isEmpty();
        assertThat(ollama.requests().get(ollama.requests().size() - 1).target()).isEqualTo(target);
    }

    @Test
    void takesAnotherTagOfAnInstalledFamilyForAnotherModel() throws IOException {
        assertThat(pull(CURL, "{\"model\":\"llama3:70b\"}").status()).isEqualTo(202);
        assertThat(pull(CURL, "{\"model\":\"llama3\"}").status()).isEqualTo(202);
    }

    @Test
    void queuesTheBaseOfACreateThatWouldDownloadIt() throws IOException {
        Answer answer = call("POST", "/api/create")
                .as(CURL)
                .body("{\"model\":\"mine\",\"from\":\"mistral\"}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("Model mistral added");
        assertThat(ollama.pulls()).isEmpty();
        assertThat(ollama.installed()).doesNotContain("mine:latest");
    }

    @Test
    void handsOnACreateFromAModelThatIsHereInTheSpellingThatIsStored() throws IOException {
        Answer answer = call("POST", "/api/create")
                .as(CURL)
                .body("{\"model\":\"mine\",\"FROM\":\"mistral\",\"from\":\"LLAMA3:8B\"}trailing")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("success");
        assertThat(ollama.pulls()).isEmpty();
        assertThat(ollama.requests())
                .anySatisfy(
                        request -> assertThat(request.text()).isEqualTo("{\"model\":\"mine\",\"from\":\"llama3:8b\"}"));
    }

    @Test
    void letsTheStubOfACloudModelPass() throws IOException {
        Answer answer = pull(CLI, "{\"model\":\"gpt-oss:20b-cloud\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("{\"status\":\"success\"}");
        assertThat(ollama.installed()).contains("gpt-oss:20b-cloud");
    }

    @Test
    void cutsOffAndQueuesACloudModelThatIsNone() throws IOException {
        ollama.pace(Pacing.stepped(1000));
        Answer answer = pull(CLI, "{\"model\":\"evil/weights:big-cloud\"}");

        assertThat(answer.body()).contains("queued for off-peak download").doesNotContain("success");
        await().until(() -> ollama.pullsRunning() == 0);
        assertThat(entry("evil/weights:big-cloud").state()).isEqualTo(EntryState.PENDING);
    }

    @Test
    void answersSuccessForAModelThatIsHereAndQueuesItsRefresh() throws IOException {
        Answer answer = pull(CLI, "{\"model\":\"LLAMA3:8b\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().lines())
                .containsExactly("{\"status\":\"pulling manifest\"}", "{\"status\":\"success\"}");
        assertThat(ollama.pulls()).isEmpty();
        assertThat(entry("llama3:8b").request().refresh()).isTrue();
        assertThat(pull(CURL, "{\"model\":\"mistral\"}").body()).contains("\"remaining\":4");
    }

    @Test
    void queuesWhileOllamaIsDown() throws IOException {
        ollama.close();

        assertThat(pull(CURL, "{\"model\":\"mistral\"}").status()).isEqualTo(202);
        Answer passed = call("GET", "/api/tags").send();
        assertThat(passed.status()).isEqualTo(502);
        assertThat(passed.body()).startsWith("{\"error\":\"").contains(Integer.toString(ollama.port()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:5000/a/b",
                "localhost:5000/a/b",
                "10.0.0.7/a/b",
                "169.254.169.254/a/b",
                "2130706433/a/b"
            })
    void refusesRegistriesInsideTheHouse(String name) throws IOException {
        Answer answer = pull(CURL, "{\"model\":\"" + name + "\"}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("ALLOWED_REGISTRIES");
        assertThat(queue().snapshot(Page.FIRST).counts().pending()).isZero();
    }

    @Test
    void takesARegistryThatIsAllowed() throws IOException {
        restart(5, new Access(List.of(), List.of(), List.of(), List.of("localhost:5000")), PullReply.AUTO);

        assertThat(pull(CURL, "{\"model\":\"localhost:5000/a/b\"}").status()).isEqualTo(202);
        assertThat(pull(CURL, "{\"model\":\"localhost:5001/a/b\"}").status()).isEqualTo(403);
    }

    @Test
    void saysWhatOllamaWouldSayOfABadBody() throws IOException {
        assertThat(pull(CURL, "").body()).isEqualTo("{\"error\":\"missing request body\"}");
        assertThat(pull(CURL, "{}").body()).isEqualTo("{\"error\":\"invalid model name\"}");
        assertThat(pull(CURL, "{\"model\":\"../etc/passwd\"}").body()).isEqualTo("{\"error\":\"invalid model name\"}");
        assertThat(pull(CURL, "{\"model\":").body()).isEqualTo("{\"error\":\"unexpected EOF\"}");
        assertThat(pull(CURL, "{\"model\":5}").status()).isEqualTo(400);
        assertThat(ollama.pulls()).isEmpty();
    }

    @Test
    void refusesABodyThatIsTooLargeWhileItComes() throws IOException {
        assertThat(pull(CURL, "{\"x\":\"" + "y".repeat(4 << 20) + "\"}").status())
                .isEqualTo(413);
    }

    @Test
    void takesACreateWithMoreThanUndertowsOwnLimitInIt() throws IOException {
        String licence = "y".repeat(3 << 20);
        String body = "{\"model\":\"mine\",\"from\":\"llama3:8b\",\"license\":\"" + licence + "\"}";
        call("POST", "/api/create").body(body).send();

        assertThat(ollama.requests()).anySatisfy(request -> {
            assertThat(request.length()).isEqualTo(body.length());
            assertThat(request.isComplete()).isTrue();
        });
    }

    // The daily limit.

    @Test
    void limitsNewModelsADay() throws IOException {
        restart(2, OPEN_TO_NOBODY, PullReply.AUTO);
        pull(CURL, "{\"model\":\"a\"}");
        pull(CURL, "{\"model\":\"b\"}");

        Answer third = pull(CURL, "{\"model\":\"c\"}");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.field("Retry-After")).contains(Long.toString(11 * 3600));
        assertThat(third.body()).contains("2026-11-24 00:00 CET");

        clock.advance(Duration.ofHours(11));
        assertThat(pull(CURL, "{\"model\":\"c\"}").status()).isEqualTo(202);
    }

    @Test
    void believesNobodyWhoSaysForWhomTheyAsk() throws IOException {
        restart(1, OPEN_TO_NOBODY, PullReply.AUTO);
        forwarded("203.0.113.1", "a");

        assertThat(forwarded("203.0.113.2", "b").status()).isEqualTo(429);
        assertThat(entry("a").request().requester().name()).isEqualTo("127.0.0.1");
    }

    @Test
    void believesAProxyThatIsTrusted() throws IOException {
        restart(1, new Access(List.of("127.0.0.0/8"), List.of(), List.of(), List.of()), PullReply.AUTO);
        forwarded("198.51.100.9, 203.0.113.1", "a");

        assertThat(forwarded("203.0.113.2", "b").status()).isEqualTo(202);
        assertThat(forwarded("6.6.6.6, 203.0.113.1", "c").status()).isEqualTo(429);
        assertThat(entry("a").request().requester().name()).isEqualTo("203.0.113.1");
    }

    // Deleting.

    @Test
    void takesADeletedModelThatIsOnlyQueuedOffTheQueue() throws IOException {
        pull(CURL, "{\"model\":\"mistral\"}");

        Answer answer =
                call("DELETE", "/api/delete").body("{\"name\":\"mistral\"}").send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Content-Length")).contains("0");
        assertThat(queue().findActive(ModelName.parse("mistral"))).isEmpty();
    }

    @Test
    void letsNothingThatWasDeletedComeBackByNight() throws IOException {
        pull(CURL, "{\"model\":\"llama3:8b\"}");
        assertThat(entry("llama3:8b").request().refresh()).isTrue();

        assertThat(call("DELETE", "/api/delete")
                        .body("{\"model\":\"llama3:8b\"}")
                        .send()
                        .status())
                .isEqualTo(200);

        assertThat(ollama.installed()).isEmpty();
        await().until(() -> queue().findActive(ModelName.parse("llama3:8b")).isEmpty());
    }

    @Test
    void leavesTheDeletionOfAnUnknownModelToOllama() throws IOException {
        Answer answer =
                call("DELETE", "/api/delete").body("{\"model\":\"nothing\"}").send();

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("model 'nothing' not found");
    }

    // Our own interface.

    @Test
    void listsRemovesAndStartsTheQueue() throws IOException {
        pull(CURL, "{\"model\":\"mistral\"}");
        pull(CURL, "{\"model\":\"no-such-model\"}");

        assertThat(call("GET", "/api/queue").send().body())
                .startsWith(
                        "{\"counts\":{\"pending\":2,\"downloading\":0,\"completed\":0,\"failed\":0},\"queue\":[{\"id\":1,")
                .contains(
                        "\"position\":2",
                        "\"rate_limit\":{\"limit\":5,\"remaining\":3,\"resets_at\":\"2026-11-23T23:00:00Z\"}");
        assertThat(call("GET", "/api/queue?limit=1&offset=1").send().body())
                .contains("\"id\":2")
                .doesNotContain("\"id\":1,");
        assertThat(call("GET", "/api/queue?limit=0").send().status()).isEqualTo(400);

        assertThat(call("DELETE", "/api/queue").body("{\"id\":2}").send().body())
                .contains("\"status\":\"deleted\"");
        assertThat(call("DELETE", "/api/queue")
                        .body("{\"model\":\"no-such-model\"}")
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(call("POST", "/api/queue/process").send().body()).contains("\"status\":\"started\"");
        await().until(() -> ollama.installed().contains("mistral:latest"));
    }

    @Test
    void saysHowItIs() throws IOException {
        Answer healthy = call("GET", "/api/health").send();
        assertThat(healthy.status()).isEqualTo(200);
        assertThat(healthy.body())
                .startsWith("{\"status\":\"healthy\"")
                .contains("\"next_start_local\":\"2026-11-24T03:00:00+01:00\"");

        ollama.close();
        Answer down = call("GET", "/api/health").send();
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.body()).startsWith("{\"status\":\"unhealthy\"");
    }

    // Who is let in.

    @Test
    void refusesForeignHostsAndOriginsOnEveryPath() throws IOException {
        for (String path : List.of("/api/pull", "/api/queue", "/api/tags", "/anything")) {
            Answer host = call("GET", path).host("evil.example").send();
            assertThat(host.status()).isEqualTo(403);
            assertThat(host.body()).isEmpty();
            assertThat(call("GET", path)
                            .with("Origin", "https://evil.example")
                            .send()
                            .status())
                    .isEqualTo(403);
        }
        assertThat(call("GET", "http://evil.example/api/tags")
                        .host("evil.example")
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(ollama.requests()).isEmpty();
    }

    @Test
    void tellsAnAllowedPageThatItIsAllowed() throws IOException {
        Answer answer =
                call("GET", "/api/tags").with("Origin", "http://localhost:3000").send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Access-Control-Allow-Origin")).contains("http://localhost:3000");
        assertThat(answer.field("Vary")).contains("Origin");
        assertThat(ollama.requests().get(0).header("Origin")).isEmpty();
    }

    @Test
    void answersAPreflight() throws IOException {
        Answer answer = call("OPTIONS", "/api/pull")
                .with("Origin", "http://localhost:3000")
                .with("Access-Control-Request-Method", "POST")
                .send();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.field("Access-Control-Allow-Methods")).contains("GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS");
        assertThat(answer.field("Allow")).contains("POST");
    }

    // Passing through, and stopping.

    @Test
    void passesTokensOnOneByOne() throws IOException {
        SteppedPacing steps = Pacing.stepped(1);
        ollama.say(List.of("one", "two"), steps);
        try (Socket socket = call("POST", "/api/chat")
                .body("{\"model\":\"llama3:8b\",\"messages\":[]}")
                .open()) {
            steps.step();
            assertThat(Call.readTo(socket.getInputStream(), "one")).doesNotContain("two");
            steps.finish();
            Call.readTo(socket.getInputStream(), "two");
        }
    }

    @Test
    void refusesNewRequestsAndEndsHeldOnesWhenItStops() throws IOException {
        try (Socket socket = held("mistral")) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            proxy.refuseNewRequests();

            assertThat(call("GET", "/api/tags").send().status()).isEqualTo(503);
            assertThat(Call.readTo(socket.getInputStream(), "\"}\n")).contains("stays in the queue");
        }
        assertThat(entry("mistral").state()).isEqualTo(EntryState.PENDING);
    }

    private void start(int limit, Access access, PullReply reply) throws IOException {
        ohhhllama = Ohhhllama.builder(directory.resolve("queue.db"))
                .backend(ollama.uri())
                .zone(ZoneId.of("Europe/Berlin"))
                .rateLimit(limit)
                .clock(clock)
                .build();
        proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .backend(ollama.uri())
                .access(access)
                .pullReply(reply)
                .zone(ZoneId.of("Europe/Berlin"))
                .clock(clock)
                .grace(Duration.ofSeconds(2))
                .start();
        ohhhllama.start();
    }

    private void restart(int limit, Access access, PullReply reply) throws IOException {
        proxy.close();
        ohhhllama.close();
        start(limit, access, reply);
    }

    private QueueService queue() {
        return ohhhllama.queue();
    }

    private QueueEntry entry(String model) {
        return queue().findActive(ModelName.parse(model)).orElseThrow();
    }

    private Call call(String method, String target) {
        return Call.of(proxy.port(), method, target);
    }

    private Answer pull(@Nullable String agent, String body) throws IOException {
        Call call = call("POST", "/api/pull").body(body);
        return (agent == null ? call : call.as(agent)).send();
    }

    private Answer forwarded(String chain, String model) throws IOException {
        return call("POST", "/api/pull")
                .with("X-Forwarded-For", chain)
                .body("{\"model\":\"" + model + "\"}")
                .send();
    }

    private Socket held(String model) throws IOException {
        return call("POST", "/api/pull")
                .as(CLI)
                .with("Prefer", "wait")
                .body("{\"model\":\"" + model + "\"}")
                .open();
    }
}
