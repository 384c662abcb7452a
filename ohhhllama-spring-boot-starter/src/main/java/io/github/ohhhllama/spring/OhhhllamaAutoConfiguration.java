package io.github.ohhhllama.spring;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.queue.Ohhhllama;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Defines an {@link Ohhhllama}, its {@link QueueService}, and what starts and ends it with the application.
 *
 * <p>Beans of the types {@link RateLimiter}, {@link OllamaClient}, {@link Clock} and {@link OhhhllamaCustomizer} are
 * used if there are any. A bean of the type {@link Ohhhllama} takes the place of this one, and is started and closed like
 * it; one of the type {@link QueueService} takes the place of both: an application that has a queue of its own gets no
 * second one. Nothing else becomes a bean, above all no data source.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnProperty(name = "ohhhllama.enabled", matchIfMissing = true)
@EnableConfigurationProperties(OhhhllamaProperties.class)
public final class OhhhllamaAutoConfiguration {

    OhhhllamaAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean({Ohhhllama.class, QueueService.class})
    Ohhhllama ohhhllama(
            OhhhllamaProperties properties,
            BeanFactory beans,
            ObjectProvider<Clock> clock,
            ObjectProvider<RateLimiter> limiter,
            ObjectProvider<OllamaClient> client,
            ObjectProvider<OhhhllamaCustomizer> customizers) {
        Ohhhllama.Builder builder = builder(properties, beans)
                .backend(properties.backend())
                .connectTimeout(properties.connectTimeout())
                .schedule(properties.schedule())
                .window(properties.window())
                .windows(properties.windows())
                .blackouts(properties.blackouts())
                .rateLimit(properties.rateLimit())
                .silence(properties.silence())
                .pauses(properties.firstPause(), properties.longestPause());
        if (properties.zone() != null) {
            builder.zone(properties.zone());
        }
        if (properties.blackoutCalendar() != null) {
            builder.blackoutCalendar(properties.blackoutCalendar());
        }
        clock.ifUnique(builder::clock);
        limiter.ifUnique(builder::rateLimiter);
        client.ifUnique(builder::ollama);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    @ConditionalOnBean(Ohhhllama.class)
    @ConditionalOnMissingBean
    QueueService ohhhllamaQueue(Ohhhllama ohhhllama) {
        return ohhhllama.queue();
    }

    @Bean
    @ConditionalOnBean(Ohhhllama.class)
    OhhhllamaLifecycle ohhhllamaLifecycle(Ohhhllama ohhhllama, OhhhllamaProperties properties) {
        return new OhhhllamaLifecycle(ohhhllama, properties.start());
    }

    private static Ohhhllama.Builder builder(OhhhllamaProperties properties, BeanFactory beans) {
        String source = properties.dataSource();
        return source == null || source.isBlank()
                ? Ohhhllama.builder(properties.database())
                : Ohhhllama.builder(beans.getBean(source, DataSource.class));
    }
}
