package io.github.ohhhllama.spring;

import io.github.ohhhllama.QueueService;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Defines the health indicator in the words of Spring Boot 3. */
@AutoConfiguration(after = OhhhllamaAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(QueueService.class)
@ConditionalOnEnabledHealthIndicator("ohhhllama")
final class Boot3HealthAutoConfiguration {

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
