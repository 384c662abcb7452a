package io.github.ohhhllama.proxy.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.process.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusCommandTest {

    static final String HEALTHY = health("healthy", "Ollama answers.");
    static final String UNHEALTHY = health("unhealthy", "Ollama does not answer.");
    static final String RESTING = """
            {"counts":{"pending":0,"downloading":0,"completed":1,"failed":0},"queue":[],"recent":[],"paused":null,\
            "window":{"running_since":null,"ends_at":"2026-11-24T05:00:00Z","next_start":"2026-11-24T02:00:00Z"}}""";
    static final String BUSY = """
            {"counts":{"pending":3,"downloading":1,"completed":0,"failed":1},"queue":[\
            {"id":2,"model":"mistral","status":"downloading","position":1,"progress":{"status":"pulling 99271",\
            "total":4000000000,"completed":1000000000,"bytes_per_second":10000000},\
            "ready_at":{"earliest":"2026-11-23T12:05:00Z","latest":"2026-11-23T12:30:00Z"}},\
            {"id":3,"model":"llama2:70b","status":"pending","position":2,"size":39000000000,\
            "ready_at":{"earliest":"2026-11-23T14:00:00Z","latest":"2026-11-23T15:00:00Z"},\
            "why_waiting":"1 other before it"}],"recent":[{"id":1,"model":"phi3","status":"failed",\
            "error":"file does not exist","updated_at":"2026-11-23T02:10:00Z"}],\
            "rate_limit":{"limit":5,"remaining":2,"resets_at":"2026-11-23T23:00:00Z"},\
            "paused":{"words":"paused until 20:00","until":"2026-11-23T19:00:00Z"},\
            "window":{"running_since":"2026-11-23T11:00:00Z","ends_at":"2026-11-23T16:00:00Z","next_start":null}}""";
    static final String PLAN = """
            {"made_at":"2026-11-23T12:00:00Z","bytes_per_second":10000000,"nights":[{"opens":"2026-11-23T11:00:00Z",\
            "closes":"2026-11-23T16:00:00Z","stints":[{"queue_id":2,"model":"mistral","from":"2026-11-23T12:00:00Z",\
            "to":"2026-11-23T12:05:00Z","bytes":3000000000,"finishes":true}]}],"forecasts":[{"queue_id":2,\
            "ready_at":{"earliest":"2026-11-23T12:05:00Z","latest":"2026-11-23T12:30:00Z"},"fits_tonight":"yes",\
            "holds":[]}]}""";

    private final ScriptedProxy proxy = new ScriptedProxy();
    private final CommandRun run = new CommandRun();

    StatusCommandTest() {
        run.variables.put("LISTEN_PORT", String.valueOf(proxy.port()));
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    static String health(String backend, String message) {
        return "{\"status\":\"" + backend + "\",\"checks\":{\"proxy\":{\"status\":\"healthy\",\"message\":\"The proxy"
                + " answers.\"},\"backend\":{\"status\":\"" + backend + "\",\"message\":\"" + message
                + "\",\"url\":\"http://127.0.0.1:11435\",\"version\":\"0.33.0\"}}}";
    }

    @Test
    void showsEverythingOnOneScreen() {
        proxy.then(200, HEALTHY).then(200, BUSY).then(200, PLAN);

        assertThat(run.execute("status")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines())
                .containsExactly(
                        "http://127.0.0.1:" + proxy.port() + " is healthy",
                        "",
                        "Runs    mistral",
                        "        pulling 99271  25% of 4.0 GB, 10 MB/s, 5m0s left, ready by 2026-11-23 13:30 CET",
                        "Waits   3 models",
                        "  ID  MODEL        SIZE  READY                    WHY",
                        "   3  llama2:70b  39 GB  by 2026-11-23 16:00 CET  1 other before it",
                        "  … and 2 more; \"ohhhllama queue\" shows them",
                        "Paused  paused until 20:00",
                        "Window  open since 2026-11-23 12:00 CET, until 2026-11-23 17:00 CET",
                        "Plan    3.0 GB to fetch, all of it here by 2026-11-23 13:30 CET",
                        "Limit   2 of 5 new models left for you today",
                        "Ended   2026-11-23 03:10 CET  phi3 failed: file does not exist",
                        "",
                        "healthy  proxy    The proxy answers.",
                        "healthy  backend  Ollama answers. Version 0.33.0, http://127.0.0.1:11435");
        assertThat(proxy.requests())
                .containsExactly(
                        "GET /api/health respond-async ",
                        "GET /api/queue?limit=11&offset=0 respond-async ",
                        "GET /api/queue/plan respond-async ");
    }

    @Test
    void showsTheNextWindowOfAQueueThatRests() {
        proxy.then(200, HEALTHY).then(200, RESTING);

        assertThat(run.execute("status")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString())
                .contains(
                        "Runs    nothing",
                        "Waits   nothing",
                        "Window  next 2026-11-24 03:00 CET, in 14h0m to 2026-11-24 06:00 CET");
    }

    @Test
    void foreseesNothingBeforeTheLineWasMeasured() {
        proxy.then(200, HEALTHY).then(200, BUSY).then(200, """
                {"made_at":"2026-11-23T12:00:00Z","bytes_per_second":null,"nights":[],"forecasts":[\
                {"queue_id":3,"model":"llama2:70b","ready_at":null,"fits_tonight":"unknown","why_waiting":null,"holds":[]}]}""");

        assertThat(run.execute("status")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString()).contains("Plan    not to be foreseen yet\n");
    }

    @ParameterizedTest
    @CsvSource({"healthy, 200, 0", "degraded, 200, 6", "unhealthy, 503, 1"})
    void endsAsTheProxyIs(String status, int httpStatus, int exitCode) {
        proxy.then(httpStatus, health(status, "So it is.")).then(200, RESTING);

        assertThat(run.execute("status", "--quiet")).isEqualTo(exitCode);
        assertThat(run.out.toString()).isEmpty();
    }

    @Test
    void showsTheHealthOfAProxyThatCannotShowItsQueue() {
        proxy.then(503, UNHEALTHY).then(503, "{\"error\":\"the database is locked\"}");

        assertThat(run.execute("status")).isEqualTo(ExitCode.FAILED);
        assertThat(run.out.toString())
                .contains("is unhealthy", "unhealthy  backend  Ollama does not answer.")
                .doesNotContain("Waits");
    }

    @Test
    void writesTheProxysOwnAnswersAsOneLineOfJson() {
        proxy.then(200, HEALTHY + "\n").then(200, BUSY).then(200, PLAN);

        assertThat(run.execute("status", "--json")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().strip())
                .isEqualTo("{\"status\":\"healthy\",\"health\":" + HEALTHY + ",\"queue\":" + BUSY + ",\"plan\":" + PLAN
                        + '}');
    }

    @Test
    void saysWhereNoProxyIs() {
        proxy.close();

        assertThat(run.execute("status")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err.toString())
                .startsWith(
                        "ohhhllama: no proxy answers at http://127.0.0.1:" + proxy.port() + " (connection refused)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ollama is running", "{}", "{\"checks\":{\"backend\":{\"status\":\"so-so\"}}}"})
    void knowsThatItIsNoProxy(String body) {
        proxy.then(200, body);

        assertThat(run.execute("status")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err.toString()).contains("is not an ohhhllama proxy (status 200)");
    }

    @Test
    void saysWhyItIsRefused() {
        proxy.then(403, "{\"error\":\"host not allowed\"}");

        assertThat(run.execute("status")).isEqualTo(ExitCode.FAILED);
        assertThat(run.err.toString().strip()).isEqualTo("ohhhllama: host not allowed");
    }

    @Test
    void hasColoursAndKeepsToTheWidthOnATerminal() {
        proxy.then(503, UNHEALTHY).then(200, BUSY).then(200, PLAN);
        run.interactive = true;

        run.execute("status");

        assertThat(run.out.toString())
                .contains(
                        "is \u001b[31munhealthy\u001b[0m",
                        "\u001b[32mhealthy\u001b[0m    proxy",
                        "\u001b[1mRuns\u001b[0m");
        assertThat(run.out.toString().replaceAll("\u001b\\[[0-9;]*m", "").lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @CsvSource({"NO_COLOR, 1", "TERM, dumb"})
    void hasNoColoursWhereTheyAreNotWanted(String variable, String value) {
        proxy.then(200, HEALTHY).then(200, RESTING);
        run.interactive = true;
        run.variables.put(variable, value);

        run.execute("status");

        assertThat(run.out.toString()).isNotEmpty().doesNotContain("\u001b");
    }
}
