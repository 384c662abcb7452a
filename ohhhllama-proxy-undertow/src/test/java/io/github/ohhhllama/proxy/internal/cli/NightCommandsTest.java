package io.github.ohhhllama.proxy.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.process.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the commands of the night: they move, pause, plan and look back. */
final class NightCommandsTest {

    private static final String DONE =
            "{\"status\":\"done\",\"message\":\"So be it\",\"queue_id\":7,\"position\":1,\"starts_at\":null}";

    private final ScriptedProxy proxy = new ScriptedProxy();
    private final CommandRun run = new CommandRun();

    NightCommandsTest() {
        run.variables.put("LISTEN_PORT", String.valueOf(proxy.port()));
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pause | /api/queue/pause | {}",
                "pause --until 06:00 | /api/queue/pause | {\"until\":\"06:00\"}",
                "resume | /api/queue/resume | {}",
                "process --until 2h | /api/queue/process | {\"until\":\"2h\"}",
                "move 7 --first | /api/queue/7/move | {\"first\":true}",
                "move 7 --before 3 | /api/queue/7/move | {\"before\":3}",
                "move 7 --priority HIGH | /api/queue/7/move | {\"priority\":\"high\"}",
                "run-now 7 | /api/queue/7/run-now | {}",
                "retry 7 | /api/queue/7/retry | {}",
                "add mistral --priority low | /api/pull?priority=low | {\"model\":\"mistral\"}",
                "add mistral --dry-run --wait | /api/pull?dry_run=true | {\"model\":\"mistral\"}",
            })
    void asksTheProxy(String typed, String path, String body) {
        proxy.then(200, DONE);

        assertThat(run.execute(typed.split(" "))).isEqualTo(ExitCode.OK);
        assertThat(proxy.requests()).containsExactly("POST " + path + " respond-async " + body);
        assertThat(run.out.toString().strip()).isEqualTo("So be it (position 1)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "move 7",
                "move 7 --first --before 3",
                "move 7 --priority urgent",
                "move",
                "run-now seven",
                "add mistral --priority urgent",
                "history --by hour",
            })
    void refusesWhatIsNotMeant(String typed) {
        assertThat(run.execute(typed.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(proxy.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"404, 4", "409, 5", "400, 2"})
    void saysWhyNothingHappened(int status, int exitCode) {
        proxy.then(status, "{\"error\":\"because\"}");

        assertThat(run.execute("move", "7", "--first")).isEqualTo(exitCode);
        assertThat(run.err.toString().strip()).isEqualTo("ohhhllama: entry 7: because");
        assertThat(run.execute("show", "7")).isEqualTo(exitCode);
    }

    @Test
    void foretellsWhatWouldBecomeOfAModel() {
        proxy.then(200, """
                        {"status":"would_queue","message":"Model mistral would be added to the download queue",\
                        "model":"mistral","size":4100000000,"missing":1000000000,"position":2,\
                        "starts_at":"2026-11-24T02:00:00Z","ready_at":{"earliest":"2026-11-24T02:10:00Z",\
                        "latest":"2026-11-24T03:00:00Z"},"fits_tonight":"yes"}""");

        assertThat(run.execute("add", "mistral", "--dry-run")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().strip())
                .isEqualTo(
                        "Model mistral would be added to the download queue (position 2, starts 2026-11-24 03:00 CET,"
                                + " 1.0 GB of 4.1 GB to fetch, ready by 2026-11-24 04:00 CET)");
    }

    @Test
    void foretellsARefusalAsIfItWereOne() {
        proxy.then(200, "{\"status\":\"refused\",\"message\":\"no room\",\"error\":\"no room\",\"http_status\":507}");

        assertThat(run.execute("add", "mistral", "--dry-run")).isEqualTo(ExitCode.CONFLICT);
        assertThat(run.err.toString().strip()).isEqualTo("ohhhllama: mistral: no room");
    }

    @Test
    void drawsThePlan() {
        String plan = """
                {"made_at":"2026-11-23T12:00:00Z","bytes_per_second":1000000,"nights":[\
                {"opens":"2026-11-23T21:00:00Z","closes":"2026-11-24T05:00:00Z","stints":[{"queue_id":7,\
                "model":"mistral","from":"2026-11-23T21:00:00Z","to":"2026-11-23T22:00:00Z","bytes":4100000000,\
                "finishes":true}]}],"forecasts":[{"queue_id":7,"model":"mistral","ready_at":{"earliest":\
                "2026-11-23T22:00:00Z","latest":null},"fits_tonight":"maybe","why_waiting":"window closed",\
                "holds":[{"cause":"window","words":"window closed","until":"2026-11-23T21:00:00Z"}]}]}""";
        proxy.then(200, plan);

        assertThat(run.execute("plan")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString()).contains("Mon 23 Nov 22:00 to 06:00, 4.1 GB", "mistral", "4.1 GB  ready 23:00");
        run.out.getBuffer().setLength(0);
        assertThat(run.execute("plan", "--json")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().strip()).isEqualTo(plan);
    }

    @Test
    void plansNothingForAnEmptyQueue() {
        proxy.then(200, "{\"made_at\":\"2026-11-23T12:00:00Z\",\"nights\":[],\"forecasts\":[]}");

        assertThat(run.execute("plan")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().strip()).isEqualTo("Nothing is to be done.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"made_at\":\"2026-11-23T12:00:00Z\",\"nights\":[{}],\"forecasts\":[]}",
                "{\"made_at\":\"2026-11-23T12:00:00Z\",\"nights\":[],\"forecasts\":[{\"queue_id\":1,"
                        + "\"fits_tonight\":\"never\",\"holds\":[]}]}",
            })
    void takesNothingElseForAPlan(String body) {
        proxy.then(200, body);

        assertThat(run.execute("plan")).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void saysNoMoreOfAModelThatIsHereThanThatItIs() {
        proxy.then(200, """
                        {"id":7,"model":"mistral","status":"completed","size":4100000000,"missing":0,"progress":\
                        {"status":"pulling 992715c4378c","total":4100000000,"completed":4059000000}}""");

        assertThat(run.execute("show", "7")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines())
                .containsExactly("entry      7", "model      mistral", "status     completed", "size       4.1 GB");
    }

    @Test
    void tellsTheStoryOfAnEntry() {
        proxy.then(200, """
                        {"id":7,"model":"mistral","status":"pending","requester_ip":"10.0.0.9","position":2,\
                        "priority":"low","size":4100000000,"missing":1000000000,"fits_tonight":"no",\
                        "why_waiting":"paused: window closed, resumes 22:00","events":[\
                        {"at":"2026-11-23T11:00:00Z","kind":"queued","words":""},\
                        {"at":"2026-11-23T12:00:00Z","kind":"paused","words":"window closed"}]}""");

        assertThat(run.execute("show", "7")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines())
                .containsExactly(
                        "entry      7",
                        "model      mistral",
                        "status     pending",
                        "priority   low",
                        "asked by   10.0.0.9",
                        "position   2",
                        "size       4.1 GB, 1.0 GB of it to fetch",
                        "tonight    no",
                        "waits      paused: window closed, resumes 22:00",
                        "",
                        "2026-11-23 12:00 CET  queued",
                        "2026-11-23 13:00 CET  paused: window closed");
    }

    @Test
    void looksBack() {
        proxy.then(200, """
                        {"by":"day","since":"2026-10-24T12:00:00Z","tallies":[{"key":"2026-11-23","attempts":2,\
                        "completed":1,"failed":0,"bytes":4100000000}],"attempts":[{"queue_id":7,"model":"mistral",\
                        "requester":"10.0.0.9","from":"2026-11-23T02:00:00Z","to":"2026-11-23T02:03:20Z",\
                        "bytes":4100000000,"mean_rate":20500000,"peak_rate":30000000,"outcome":"completed",\
                        "words":"","window_opened":null}]}""");

        assertThat(run.execute("history", "--days", "7")).isEqualTo(ExitCode.OK);
        assertThat(proxy.requests().get(0)).startsWith("GET /api/history?by=day&days=7&limit=20 ");
        assertThat(run.out.toString().lines())
                .containsExactly(
                        "DAY         ATTEMPTS  COMPLETED  FAILED  LOADED",
                        "2026-11-23         2          1       0  4.1 GB",
                        "",
                        "BEGAN                 TOOK   LOADED     RATE  OUTCOME    MODEL    WHY",
                        "2026-11-23 03:00 CET  3m20s  4.1 GB  21 MB/s  completed  mistral");
    }

    @Test
    void listsWhatCouldBeNewer() {
        proxy.then(200, """
                        {"outdated":[{"model":"llama3:8b","installed_digest":"365c0bd3c000a25d28ddbf732fe1c6add414",\
                        "newest_digest":"78e26419b4469263f75331927a00a0284ef6","size":4700000000,"pinned":true}]}""").then(200, "{\"outdated\":[]}");

        assertThat(run.execute("outdated")).isEqualTo(ExitCode.OK);
        assertThat(run.execute("outdated")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines())
                .containsExactly(
                        "MODEL        SIZE  INSTALLED     NEWEST        PINNED",
                        "llama3:8b  4.7 GB  365c0bd3c000  78e26419b446  yes",
                        "No newer version is known of any model that is here.");
    }
}
