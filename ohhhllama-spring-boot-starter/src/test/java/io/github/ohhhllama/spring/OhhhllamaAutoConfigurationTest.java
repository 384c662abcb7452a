package io.github.ohhhllama.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.InMemoryQueueService;
import io.github.ohhhllama.testing.InMemoryRateLimiter;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.sqlite.SQLiteDataSource;

/** Starts applications with all kinds of properties and beans. */
final class OhhhllamaAutoConfigurationTest {

    private static final PullRequest WISH = PullRequest.of(ModelName.parse("phi3"), Requester.named("me"));

    private final FakeOllama ollama = FakeOllama.start().offer(FakeModel.of("phi3", 1000));
    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private ApplicationContextRunner application;

    @BeforeEach
    void setUp() {
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(OhhhllamaAutoConfiguration.class))
                .withPropertyValues(
                        "ohhhllama.database=" + directory.resolve("queue.db"),
                        "ohhhllama.backend=" + ollama.uri(),
                        "ohhhllama.zone=UTC");
    }

    @AfterEach
    void stopOllama() {
        ollama.close();
    }

    @Test
    void defaultsAreThoseOfTheLibrary() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(OhhhllamaAutoConfiguration.class))
                .withBean(QueueService.class, this::inMemory)
                .run(context -> assertThat(context).doesNotHaveBean(Ohhhllama.class));
        application.run(context -> {
            QueueService queue = context.getBean(QueueService.class);
            assertThat(queue.schedule().expression()).isEqualTo("0 3 * * *");
            assertThat(queue.rate(Requester.named("me")).limit()).isEqualTo(5);
        });
    }

    @Test
    void propertiesReachTheQueue() {
        application
                .withPropertyValues("ohhhllama.schedule=0 22 * * mon-fri", "ohhhllama.rate-limit=2")
                .withBean(Clock.class, () -> clock)
                .run(context -> {
                    QueueService queue = context.getBean(QueueService.class);
                    assertThat(queue.schedule().nextStart()).isEqualTo(Instant.parse("2026-11-23T22:00:00Z"));
                    assertThat(queue.rate(Requester.named("me")).limit()).isEqualTo(2);
                    assertThat(queue.storage().location())
                            .isEqualTo(directory.resolve("queue.db").toString());
                });
    }

    @Test
    void windowsReachTheQueue() {
        application
                .withPropertyValues("ohhhllama.windows=mon-fri 22:00-06:00", "ohhhllama.blackouts=2026-11-23")
                .withBean(Clock.class, () -> clock)
                .run(context -> {
                    ScheduleStatus schedule =
                            context.getBean(QueueService.class).schedule();
                    assertThat(schedule.expression()).isEqualTo("mon-fri 22:00-06:00");
                    assertThat(schedule.nextStart()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
                    assertThat(schedule.endsAt()).isEqualTo(Instant.parse("2026-11-24T06:00:00Z"));
                });
    }

    @Test
    void theEndOfAWindowAndACalendarReachTheQueue() throws IOException {
        Path calendar = directory.resolve("freeze.ics");
        Files.writeString(calendar, """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//ohhhllama//test//EN
                BEGIN:VEVENT
                UID:freeze
                DTSTAMP:20261101T000000Z
                DTSTART:20261123T220000Z
                DTEND:20261124T040000Z
                END:VEVENT
                END:VCALENDAR
                """);
        application
                .withPropertyValues(
                        "ohhhllama.schedule=0 22 * * *",
                        "ohhhllama.window=8h",
                        "ohhhllama.blackout-calendar=" + calendar)
                .withBean(Clock.class, () -> clock)
                .run(context -> {
                    ScheduleStatus schedule =
                            context.getBean(QueueService.class).schedule();
                    assertThat(schedule.nextStart()).isEqualTo(Instant.parse("2026-11-24T04:00:00Z"));
                    assertThat(schedule.endsAt()).isEqualTo(Instant.parse("2026-11-24T06:00:00Z"));
                });
    }

    @Test
    void windowsThatAreNoneEndTheStart() {
        application
                .withPropertyValues("ohhhllama.windows=every night")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("expected days, from-to"));
    }

    @Test
    void aScheduleThatIsNoneEndsTheStart() {
        application
                .withPropertyValues("ohhhllama.schedule=every night")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("expected five fields"));
    }

    @Test
    void downloadsWhileTheApplicationRuns() {
        application.run(context -> {
            QueueService queue = context.getBean(QueueService.class);
            queue.enqueue(WISH);
            queue.process();

            await().until(() -> ollama.installed().contains("phi3:latest"));
        });
    }

    @Test
    void onlyLooksWhenItShallNotStart() {
        application.withPropertyValues("ohhhllama.start=false").run(context -> {
            QueueService queue = context.getBean(QueueService.class);
            queue.enqueue(WISH);
            queue.process();

            assertThat(queue.schedule().isRunning()).isTrue();
            assertThat(threads()).doesNotContain("ohhhllama-drain");
        });
    }

    @Test
    void endsWithTheApplication() {
        CompletableFuture<QueueService> left = new CompletableFuture<>();
        application.run(context -> left.complete(context.getBean(QueueService.class)));

        assertThat(left.join().storage().problem()).contains("is closed because the program is stopping");
        await().until(() -> threads().noneMatch(name -> name.startsWith("ohhhllama-")));
    }

    @Test
    void thereIsNoneWhereNoneIsWanted() {
        application
                .withPropertyValues("ohhhllama.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(Ohhhllama.class)
                        .doesNotHaveBean(QueueService.class)
                        .doesNotHaveBean(OhhhllamaLifecycle.class));
    }

    @Test
    void usesTheBeansOfTheApplication() {
        application
                .withBean(RateLimiter.class, () -> new InMemoryRateLimiter(1, clock))
                .withBean(
                        OhhhllamaCustomizer.class,
                        () -> builder -> builder.schedule("@daily").clock(clock))
                .run(context -> {
                    QueueService queue = context.getBean(QueueService.class);
                    assertThat(queue.rate(Requester.named("me")).limit()).isEqualTo(1);
                    assertThat(queue.schedule().nextStart()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
                });
    }

    @Test
    void aQueueOfTheApplicationTakesItsPlace() {
        QueueService own = inMemory();
        application
                .withBean(QueueService.class, () -> own)
                .run(context -> assertThat(context)
                        .doesNotHaveBean(Ohhhllama.class)
                        .doesNotHaveBean(OhhhllamaLifecycle.class)
                        .getBean(QueueService.class)
                        .isSameAs(own));
    }

    @Test
    void keepsTheQueueBehindTheDataSourceItIsTold() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + directory.resolve("other.db"));
        application
                .withBean("models", DataSource.class, () -> source)
                .withPropertyValues("ohhhllama.data-source=models")
                .run(context -> assertThat(
                                context.getBean(QueueService.class).storage().location())
                        .isEqualTo(directory.resolve("other.db").toString()));
    }

    @Test
    void leavesADataSourceAloneThatItIsNotTold() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + directory.resolve("other.db"));
        application.withBean(DataSource.class, () -> source).run(context -> {
            assertThat(context.getBeansOfType(DataSource.class)).hasSize(1);
            assertThat(directory.resolve("other.db")).doesNotExist();
        });
    }

    @Test
    void aFileOfAnotherProgramEndsTheStart() {
        application
                .withPropertyValues("ohhhllama.database=" + Path.of("pom.xml").toAbsolutePath())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfAny(QueueStorageException.class, SQLException.class));
    }

    @Test
    void twoContextsAreStrangers() {
        application.run(one -> application
                .withPropertyValues("ohhhllama.database=" + directory.resolve("second.db"))
                .run(other -> {
                    one.getBean(QueueService.class).enqueue(WISH);
                    assertThat(other.getBean(QueueService.class)
                                    .snapshot(Page.FIRST)
                                    .queue())
                            .isEmpty();
                }));
    }

    private QueueService inMemory() {
        return new InMemoryQueueService(new InMemoryRateLimiter(5, clock), clock);
    }

    private static Stream<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
    }
}
