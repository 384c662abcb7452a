package io.github.ohhhllama.spring;

import io.github.ohhhllama.QueueService;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Defines the endpoint where there is an actuator and the endpoint is exposed. */
@AutoConfiguration(after = OhhhllamaAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(QueueService.class)
final class ActuatorAutoConfiguration {

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    QueueEndpoint ohhhllamaEndpoint(QueueService queue) {
        return new QueueEndpoint(queue);
    }
}
