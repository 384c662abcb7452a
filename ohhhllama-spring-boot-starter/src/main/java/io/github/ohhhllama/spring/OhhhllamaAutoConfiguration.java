package io.github.ohhhllama.spring;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.queue.Ohhhllama;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Defines an {@link Ohhhllama}, its {@link QueueService}, and what starts and ends it with the application.
 *
 * <p>Beans of the types {@link RateLimiter}, {@link OllamaClient}, {@link Registry}, {@link QueueListener}, {@link Clock}
 * and {@link OhhhllamaCustomizer} are used if there are any: all listeners and customizers, and of the others the one that
 * is alone or primary. A bean of the type {@link Ohhhllama} takes the place of this one, and is started and closed like it;
 * one of the type {@link QueueService} takes the place of both: an application that has a queue of its own gets no second
 * one. Nothing else becomes a bean, above all no data source.
 *
 * <p>Immutable. A property that is not what it should be ends the start of the application with its name, its value and
 * what was expected.
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
    Ohhhllama ohhhllama(OhhhllamaProperties properties, BeanFactory beans, ConfigurableEnvironment environment) {
        Ohhhllama.Builder builder = builder(properties, beans);
        BuilderOptions.set(builder, properties);
        if (properties.proxyFromEnvironment()) {
            builder.environment(texts(environment.getSystemEnvironment()));
        }
        if (properties.preflight()) {
            beans.getBeanProvider(Registry.class).ifUnique(builder::registry);
        }
        beans.getBeanProvider(Clock.class).ifUnique(builder::clock);
        beans.getBeanProvider(RateLimiter.class).ifUnique(builder::rateLimiter);
        beans.getBeanProvider(OllamaClient.class).ifUnique(builder::ollama);
        beans.getBeanProvider(QueueListener.class).orderedStream().forEach(builder::listener);
        beans.getBeanProvider(OhhhllamaCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
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

    private static Map<String, String> texts(Map<String, Object> variables) {
        return variables.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, variable -> String.valueOf(variable.getValue())));
    }
}
