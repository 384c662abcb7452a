package io.github.ohhhllama.queue.internal.cron;

import java.util.Properties;
import java.util.TimeZone;
import java.util.UUID;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Lets Quartz call when a schedule fires, as far as Quartz can tell: not in a daylight saving gap, for instance.
 *
 * <p>Thread-safe. Keeps nothing on disk, and nothing in the JVM after {@link #close()}.
 */
final class CronTriggers implements AutoCloseable {

    private static final String NAME = "ohhhllama-quartz";

    private final Scheduler scheduler;

    private CronTriggers(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Starts a scheduler of Quartz with a name of its own, so that any number of them live in one JVM.
     *
     * @param schedule when to call
     * @param ring what to call, from a thread of Quartz; it must return at once
     * @throws IllegalStateException if Quartz does not start
     */
    static CronTriggers start(CronSchedule schedule, Runnable ring) {
        try {
            CronTriggers triggers = new CronTriggers(new StdSchedulerFactory(properties()).getScheduler());
            triggers.start(schedule, context -> ring.run());
            return triggers;
        } catch (SchedulerException broken) {
            throw new IllegalStateException("Quartz did not start for the schedule " + schedule, broken);
        }
    }

    /** Stops Quartz and takes it out of the list that it keeps of its schedulers. */
    @Override
    public void close() {
        try {
            scheduler.shutdown();
        } catch (SchedulerException broken) {
            throw new IllegalStateException("Quartz did not stop", broken);
        }
    }

    private void start(CronSchedule schedule, Job job) throws SchedulerException {
        try {
            scheduler.setJobFactory((bundle, caller) -> job);
            JobDetail detail = JobBuilder.newJob(Job.class).storeDurably().build();
            scheduler.addJob(detail, false);
            for (String expression : schedule.quartzExpressions()) {
                schedule(expression, schedule, detail);
            }
            scheduler.start();
        } catch (SchedulerException broken) {
            close();
            throw broken;
        }
    }

    private void schedule(String expression, CronSchedule schedule, JobDetail detail) throws SchedulerException {
        CronTrigger trigger = TriggerBuilder.newTrigger()
                .forJob(detail)
                .withSchedule(CronScheduleBuilder.cronSchedule(expression)
                        // TimeZone takes "UTC+1" for plain GMT, but understands "+01:00".
                        .inTimeZone(TimeZone.getTimeZone(schedule.zone().normalized()))
                        .withMisfireHandlingInstructionFireAndProceed())
                .build();
        // Quartz refuses a trigger whose last time is over, a year gone by for instance.
        if (trigger.getFireTimeAfter(trigger.getStartTime()) != null) {
            scheduler.scheduleJob(trigger);
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, NAME + '-' + UUID.randomUUID());
        properties.setProperty(StdSchedulerFactory.PROP_SCHED_THREAD_NAME, NAME);
        properties.setProperty(StdSchedulerFactory.PROP_SCHED_MAKE_SCHEDULER_THREAD_DAEMON, "true");
        properties.setProperty(StdSchedulerFactory.PROP_THREAD_POOL_CLASS, "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", NAME + "-trigger");
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        properties.setProperty(StdSchedulerFactory.PROP_JOB_STORE_CLASS, "org.quartz.simpl.RAMJobStore");
        return properties;
    }
}
