package io.github.ohhhllama.examples;

import java.util.List;
import java.util.Optional;

/**
 * Is a command of the documents that a test on any machine cannot run, with what runs it instead.
 *
 * @param start how the command begins
 * @param reason why it is not run here
 * @param place the file that runs it, from the root of the clone
 * @param words what stands in that file
 */
record RunElsewhere(String start, String reason, String place, String words) {

    private static final String INSTALL = "packaging/tests/install.bats";
    private static final String PACKAGES = "packaging/tests/packages.bats";
    private static final String SCRIPTS = "packaging/tests/scripts.bats";
    private static final String CLONE = "packaging/tests/clone.bats";
    private static final String CI = ".ci/run";
    private static final String STAGE = ".ci/stage";
    private static final String REHEARSAL = ".ci/rehearsal";
    private static final String PROXY = "ohhhllama-proxy-undertow/src/test/java/io/github/ohhhllama/proxy/";
    private static final String QUEUE = "ohhhllama-queue/src/test/java/io/github/ohhhllama/queue/";

    static final List<RunElsewhere> ALL = List.of(
            // Builds and releases.
            of("./ohhhllama serve", "builds the program when it is missing", CLONE, "./ohhhllama serve"),
            of("./ohhhllama demo", "builds the program when it is missing", CLONE, "./ohhhllama demo"),
            of("./mvnw verify", "is the build that runs this", STAGE, "./mvnw -B -ntp deploy"),
            of("./mvnw spotless:apply", "changes the clone; the build checks that it would not", STAGE, "./mvnw"),
            of("./mvnw versions:set", "changes the clone", REHEARSAL, "block versions:set"),
            of("./mvnw versions:set-property", "changes the clone", REHEARSAL, "block versions:set"),
            of("perl -pi -e", "changes the clone", REHEARSAL, "block versions:set"),
            of("./mvnw clean deploy -Prelease", "needs the key of a person", STAGE, "profiles=(-Prelease)"),
            of(".ci/published target/staged", "needs what was deployed", STAGE, ".ci/published \"$1\""),
            of(".ci/consumers target/staged", "needs what was deployed", CI, ".ci/consumers \"$staged\""),
            of(".ci/reproducible target/staged", "needs what was deployed", CI, ".ci/reproducible \"$staged\""),
            of("(cd target/staged && zip", "needs what was deployed", REHEARSAL, "block 'zip -r'"),
            // What changes a whole machine.
            of("curl -fsSL https://github.com/", "installs", PACKAGES, "piped \"$DIST\" --dry-run"),
            of("sudo apt install ./ohhhllama_*_all.deb", "installs", PACKAGES, "apt-get install -y -qq"),
            of(
                    "sudo /opt/ohhhllama/scripts/move-ollama.sh",
                    "moves Ollama",
                    PACKAGES,
                    "/opt/ohhhllama/scripts/move-ollama.sh"),
            of("sudo /opt/ohhhllama/uninstall.sh", "uninstalls", INSTALL, "/opt/ohhhllama/uninstall.sh --keep-data"),
            of(
                    "docker load -i ohhhllama-image.tar",
                    "needs Docker; the image is run without",
                    PACKAGES,
                    "ohhhllama-image.tar"),
            of("docker compose -f compose.yaml up -d", "needs Docker", SCRIPTS, "compose.yaml\" config --quiet"),
            of("sudo systemctl reload ollama-proxy", "needs systemd", INSTALL, "systemctl reload ollama-proxy"),
            of("sudo systemctl stop ollama-proxy", "needs systemd", INSTALL, "systemctl restart ollama-proxy"),
            of("sudo systemctl start ollama-proxy", "needs systemd", INSTALL, "systemctl restart ollama-proxy"),
            of("sudo systemctl edit ollama-proxy", "needs a person", SCRIPTS, "ReadWritePaths=/data/queue"),
            of("journalctl -u ollama-proxy", "needs systemd", INSTALL, "journalctl -u ollama-proxy"),
            of(
                    "OLLAMA_HOST=127.0.0.1:11435 OLLAMA_NOPRUNE=1 ollama serve",
                    "needs Ollama; serve --with-ollama starts it so",
                    PROXY + "internal/ollama/OllamaProcessTest.java",
                    "OLLAMA_NOPRUNE"),
            // What takes a time of its own, or a trouble that has to be made.
            of(
                    "ohhhllama watch | tee night.log",
                    "goes on until it is ended",
                    PROXY + "internal/cli/WatchCommandTest.java",
                    "the queue rests, next start"),
            of(
                    "ohhhllama process --wait",
                    "needs an Ollama that lost its part files",
                    PROXY + "internal/cli/TalkingCommandsTest.java",
                    "last attempt: "),
            of(
                    "sudo ohhhllama notify --test",
                    "writes to services of others",
                    PROXY + "internal/cli/NotifyCommandTest.java",
                    "took the message: it answered"),
            of(
                    "curl -N -H 'Prefer: wait' $P/api/pull",
                    "its heartbeat comes after 15 seconds",
                    PROXY + "HeldPullTest.java",
                    "showsOneWhoWaitsTheBeatOfTheQueue"),
            of(
                    "curl $P/api/pull -d '{\"model\":\"llama3:70b\"}'",
                    "needs a disk that is nearly full",
                    PROXY + "PullRefusalTest.java",
                    "12.4 GB short"),
            of(
                    "curl $P/api/pull -d '{\"model\":\"mistral\"}'",
                    "needs a database that is locked, and a disk that is full",
                    QUEUE + "internal/sqlite/DatabaseTroubleTest.java",
                    "class DatabaseTroubleTest"));

    static Optional<RunElsewhere> of(ShellCommand command) {
        return ALL.stream().filter(elsewhere -> elsewhere.means(command)).findFirst();
    }

    boolean means(ShellCommand command) {
        String key = command.key();
        return key.equals(start) || key.startsWith(start + ' ') || (start.endsWith("/") && key.startsWith(start));
    }

    private static RunElsewhere of(String start, String reason, String place, String words) {
        return new RunElsewhere(start, reason, place, words);
    }
}
