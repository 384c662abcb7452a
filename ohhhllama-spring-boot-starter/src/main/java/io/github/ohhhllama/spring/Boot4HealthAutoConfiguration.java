package io.github.ohhhllama.spring;

import io.github.ohhhllama.QueueService;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Defines the health indicator in the words of Spring Boot 4. */
@AutoConfiguration(after = OhhhllamaAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(QueueService.class)
@ConditionalOnEnabledHealthIndicator("ohhhllama")
final class Boot4HealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "ohhhllamaHealthIndicator")
    HealthIndicator ohhhllamaHealthIndicator(QueueService queue) {
        return () -> {
            QueueHealth health = QueueHealth.of(queue);
            Health.Builder builder = health.up() ? Health.up() : Health.down();
            return builder.withDetails(health.details()).build();
        };
    }
}
