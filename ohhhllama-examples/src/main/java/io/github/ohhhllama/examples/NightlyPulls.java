package io.github.ohhhllama.examples;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.Ohhhllama;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Has its own Quartz say what is pulled, and when. */
public final class NightlyPulls {

    private NightlyPulls() {}

    /**
     * Runs until Enter is pressed.
     *
     * @param arguments where the queue is kept, where Ollama is, and when to pull, in Quartz's cron fields
     * @throws SchedulerException if Quartz cannot do what it is asked to
     * @throws IOException if the keyboard cannot be read
     */
    public static void main(String... arguments) throws SchedulerException, IOException {
        Path database = Path.of(arguments[0]);
        URI backend = URI.create(arguments[1]);
        String cron = arguments[2];
        // tag::nightly[]
        try (Ohhhllama ohhhllama = Ohhhllama.builder(database).backend(backend).build()) {
            ohhhllama.start();
            Scheduler scheduler = new StdSchedulerFactory().getScheduler();
            scheduler.getContext().put("queue", ohhhllama.queue());
            JobDetail pulls = JobBuilder.newJob(TeamModels.class).build();
            Trigger nightly = TriggerBuilder.newTrigger()
                    .withSchedule(CronScheduleBuilder.cronSchedule(cron))
                    .build();
            scheduler.scheduleJob(pulls, nightly);
            scheduler.start();
            System.in.read();
            scheduler.shutdown(true);
        }
        // end::nightly[]
    }

    // tag::job[]
    /** Queues what the team works with and starts the queue; Quartz makes one of it each time. */
    public static final class TeamModels implements Job {

        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            try {
                Object queue = context.getScheduler().getContext().get("queue");
                pull((QueueService) Objects.requireNonNull(queue, "queue"));
            } catch (SchedulerException | QueueStorageException trouble) {
                throw new JobExecutionException(trouble);
            }
        }

        private static void pull(QueueService queue) {
            for (String name : List.of("llama3:8b", "phi3:mini")) {
                queue.enqueue(PullRequest.of(ModelName.parse(name), Requester.named("nightly-pulls")));
            }
            queue.process();
        }
    }
    // end::job[]
}
