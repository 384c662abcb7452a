package io.github.ohhhllama.spring;

import io.github.ohhhllama.QueueService;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Defines the metrics where there is Micrometer; Spring Boot binds them to the application's registry. */
@AutoConfiguration(after = OhhhllamaAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(QueueService.class)
final class MetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    QueueMetrics ohhhllamaMetrics(QueueService queue) {
        return new QueueMetrics(queue);
    }
}
