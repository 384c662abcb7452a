package io.github.ohhhllama.proxy.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.process.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TalkingCommandsTest {

    private static final String ENDED = "{\"id\":2,\"model\":\"mistral\",\"status\":\"completed\"}";
    private static final String RECENT = """
            ,"recent":[{"id":1,"model":"phi3","status":"failed","error":"pull model manifest: file does not exist",\
            "updated_at":"2026-11-23T02:10:00Z"}]""";
    private static final String WAITING = """
            {"id":3,"model":"llama2:70b","status":"pending","requester_ip":"10.0.0.9","position":2,\
            "starts_at":"2026-11-24T02:00:00Z"}""";
    private static final String RUNNING = """
            {"id":2,"model":"mistral","status":"downloading","requester_ip":"10.0.0.8","position":1,\
            "starts_at":"2026-11-23T11:00:00Z","progress":{"status":"pulling 4093f415cc92","total":4100000000,\
            "completed":2050000000,"bytes_per_second":20500000},"ready_at":{"earliest":null,\
            "latest":"2026-11-23T12:30:00Z"}}""";
    private static final String QUEUED = """
            {"status":"queued","message":"Model mistral added to download queue","queue_id":2,"position":1,\
            "starts_at":"2026-11-24T02:00:00Z"}""";
    private static final String EMPTY = queue(0, 0, "", "");

    private final ScriptedProxy proxy = new ScriptedProxy();
    private final CommandRun run = new CommandRun();

    TalkingCommandsTest() {
        run.variables.put("LISTEN_HOST", "0.0.0.0");
        run.variables.put("LISTEN_PORT", String.valueOf(proxy.port()));
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void queueIsATableForPeople() {
        proxy.then(200, queue(2, 1, RUNNING + ',' + WAITING, RECENT));

        assertThat(run.execute("queue")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines())
                .containsExactly(
                        "ID  MODEL       STATUS       POSITION  PROGRESS       READY                    REQUESTER  WAITS",
                        " 2  mistral     downloading         1  50% of 4.1 GB  by 2026-11-23 13:30 CET  10.0.0.8",
                        " 3  llama2:70b  pending             2  -              -                        10.0.0.9"
                                + "   starts 2026-11-24 03:00 CET",
                        "… and 1 more; --limit and --offset show them",
                        "",
                        "ID  MODEL  STATUS  ENDED                 REASON",
                        " 1  phi3   failed  2026-11-23 03:10 CET  pull model manifest: file does not exist");
        assertThat(proxy.requests()).containsExactly("GET /api/queue?limit=50&offset=0 respond-async ");
    }

    @Test
    void queueAsJsonIsWhatTheProxySaid() {
        proxy.then(200, EMPTY + "\n");

        assertThat(run.execute("queue", "--json", "--limit", "5", "--offset", "10"))
                .isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines()).containsExactly(EMPTY);
        assertThat(proxy.requests().get(0)).contains("limit=5&offset=10");
    }

    @Test
    void anEmptyQueueSaysSo() {
        proxy.then(200, EMPTY);

        assertThat(run.execute("queue")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().strip()).isEqualTo("The queue is empty.");
    }

    @Test
    void watchWritesOnlyWhatChanged() {
        proxy.then(200, EMPTY).then(200, EMPTY).then(200, queue(1, 0, WAITING, ""));
        run.interruptAfter(3);

        assertThat(run.execute("queue", "--watch")).isEqualTo(ExitCode.OK);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(proxy.requests()).hasSize(4);
        assertThat(run.out.toString()).containsOnlyOnce("The queue is empty.").containsOnlyOnce("llama2:70b");
    }

    @Test
    void watchDrawsAnewBeforeAPerson() {
        proxy.then(200, EMPTY);
        run.interactive = true;
        run.interruptAfter(0);

        run.execute("queue", "--watch");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.out.toString()).startsWith("\u001b[H\u001b[2JThe queue is empty.");
    }

    @Test
    void addQueuesEachModel() {
        proxy.then(202, QUEUED);

        assertThat(run.execute("add", "mistral", "--insecure", "phi3")).isEqualTo(ExitCode.OK);
        assertThat(proxy.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request).startsWith("POST /api/pull respond-async {"))
                .anySatisfy(request -> assertThat(request).contains("\"model\":\"phi3\"", "\"insecure\":true"));
        assertThat(run.out.toString().lines())
                .hasSize(2)
                .contains("Model mistral added to download queue (position 1, starts 2026-11-24 03:00 CET)");
    }

    @Test
    void addSaysWhyTheLimitStandsAgainstItAndGoesOn() {
        proxy.then(429, "{\"error\":\"5 of 5 models queued today, resets at midnight\"}")
                .then(202, QUEUED);

        assertThat(run.execute("add", "phi3", "mistral")).isEqualTo(ExitCode.CONFLICT);
        assertThat(run.err.toString().strip())
                .isEqualTo("ohhhllama: phi3: 5 of 5 models queued today, resets at midnight");
        assertThat(run.out.toString()).contains("Model mistral added");
    }

    @Test
    void addRefusesWhatIsNoNameBeforeAskingAnybody() {
        assertThat(run.execute("add", "mistral", "a//b")).isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString()).contains("\"a//b\" is not the name of a model");
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void addWaitsUntilTheModelIsHere() {
        proxy.then(202, QUEUED)
                .then(200, queue(1, 0, RUNNING, ""))
                .then(200, EMPTY)
                .then(200, ENDED);

        assertThat(run.execute("add", "mistral", "--wait")).isEqualTo(ExitCode.OK);
        assertThat(run.err.toString().lines())
                .containsExactly(
                        "mistral: pulling 4093f415cc92  50% of 4.1 GB, 21 MB/s, 1m40s left", "mistral: completed");
    }

    @Test
    void addThatWaitsFailsWithTheReason() {
        proxy.then(202, QUEUED)
                .then(200, EMPTY)
                .then(200, "{\"id\":2,\"model\":\"m\",\"status\":\"failed\",\"error\":\"no\"}");

        assertThat(run.execute("add", "m", "--wait")).isEqualTo(ExitCode.FAILED);
        assertThat(run.err.toString().strip()).isEqualTo("m: failed: no");
    }

    @Test
    void addThatWaitsAsksWhatBecameOfTheEntryItself() {
        proxy.then(202, QUEUED).then(200, EMPTY).then(200, ENDED);

        assertThat(run.execute("add", "mistral", "--wait")).isEqualTo(ExitCode.OK);
        assertThat(proxy.requests()).last().asString().startsWith("GET /api/queue/2 ");
    }

    @Test
    void addThatWaitsNoticesARemoval() {
        proxy.then(202, QUEUED).then(200, EMPTY).then(404, "{\"error\":\"no entry 2\"}");

        assertThat(run.execute("add", "mistral", "--wait")).isEqualTo(ExitCode.FAILED);
        assertThat(run.err.toString()).contains("taken off the queue");
    }

    @Test
    void addSaysThatAModelIsHere() {
        proxy.then(200, "{\"status\":\"success\"}");

        assertThat(run.execute("add", "mistral")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().strip()).isEqualTo("mistral is here");
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThat(run.execute("queue", "--proxy", "http://127.0.0.1:99999")).isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString()).contains("--proxy is \"http://127.0.0.1:99999\", expected http://HOST:PORT");
    }

    @Test
    void removeByNameAndByNumber() {
        proxy.then(200, "{\"status\":\"removed\",\"message\":\"Model mistral removed\"}");

        assertThat(run.execute("remove", "mistral", "--id", "42")).isEqualTo(ExitCode.OK);
        assertThat(proxy.requests())
                .containsExactly(
                        "DELETE /api/queue respond-async {\"model\":\"mistral\"}",
                        "DELETE /api/queue respond-async {\"id\":42}");
    }

    @Test
    void removeNeedsSomethingToRemove() {
        assertThat(run.execute("remove")).isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString()).contains("name a MODEL");
    }

    @ParameterizedTest
    @CsvSource({"404, 4", "409, 5", "429, 5", "400, 2", "403, 1", "503, 1", "507, 5"})
    void anErrorHasItsExitCode(int status, int exitCode) {
        proxy.then(status, "{\"error\":\"because\"}");

        assertThat(run.execute("remove", "mistral")).isEqualTo(exitCode);
        assertThat(run.err.toString()).contains("because");
        assertThat(run.execute("queue")).isEqualTo(exitCode);
    }

    @Test
    void processSaysWhatHappened() {
        proxy.then(200, "{\"status\":\"already_running\",\"message\":\"The queue is running already\"}");

        assertThat(run.execute("process")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().strip()).isEqualTo("The queue is running already");
        assertThat(proxy.requests()).containsExactly("POST /api/queue/process respond-async {}");
    }

    @Test
    void processWaitsUntilNothingIsLeftToTryNow() {
        String later = WAITING.replace(
                "\"position\":2", "\"position\":1,\"error\":\"no route\",\"retry_at\":\"2026-11-23T12:30:00Z\"");
        proxy.then(200, queue(2, 0, RUNNING + ',' + WAITING, ""))
                .then(202, "{\"status\":\"started\"}")
                .then(200, queue(2, 0, RUNNING + ',' + WAITING, ""))
                .then(200, queue(1, 0, WAITING, ""))
                .then(200, ENDED)
                .then(200, queue(1, 0, later, ""));

        assertThat(run.execute("process", "--wait")).isEqualTo(ExitCode.OK);
        assertThat(run.err.toString().lines())
                .containsExactly(
                        "mistral: pulling 4093f415cc92  50% of 4.1 GB, 21 MB/s, 1m40s left",
                        "mistral: completed",
                        "llama2:70b: waiting, position 2, starts 2026-11-24 03:00 CET",
                        "llama2:70b: waiting, position 1, starts 2026-11-24 03:00 CET, last attempt: no route");
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(run.execute("queue", "--proxy", "127.0.0.1:" + free)).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err.toString()).contains("no proxy answers at http://127.0.0.1:" + free);
    }

    @Test
    void anOllamaInItsPlaceIsNoticed() {
        proxy.then(404, "404 page not found");

        assertThat(run.execute("queue")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.execute("process")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err.toString()).contains("is not an ohhhllama proxy");
    }

    @Test
    void theFlagsOfTheAddressWinOverTheEnvironment() {
        proxy.then(200, EMPTY);
        run.variables.put("LISTEN_PORT", "1");
        run.variables.put("RATE_LIMIT", "wrong, but of no matter here");

        assertThat(run.execute("queue", "--listen-port", String.valueOf(proxy.port())))
                .isEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "--limit, 0, --limit must be 1 to 1000",
        "--proxy, ftp://x, expected http://HOST:PORT",
        "--listen-port, abc, expected a port number",
        "--listen-port, 0, say which by --proxy",
    })
    void wrongFlagsAreUsageErrors(String flag, String value, String message) {
        assertThat(run.execute("queue", flag, value)).isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString()).contains(message);
    }

    private static String queue(int pending, int downloading, String entries, String recent) {
        return "{\"counts\":{\"pending\":" + pending + ",\"downloading\":" + downloading
                + ",\"completed\":0,\"failed\":0},\"queue\":[" + entries + ']' + recent + '}';
    }
}
