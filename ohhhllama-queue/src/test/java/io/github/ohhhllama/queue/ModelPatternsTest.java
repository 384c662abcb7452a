package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.ModelName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelPatternsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                  | llama3                     | true",
                "llama3             | llama3                     | true",
                "llama3             | llama3:70b                 | true",
                "llama3             | llama3.1                   | false",
                "llama3:70b         | llama3                     | false",
                "llama3:*b          | llama3:70b                 | true",
                "llama?             | llama3:8b                  | true",
                "LLAMA3             | Llama3                     | true",
                "hf.co/*            | hf.co/bartowski/L:Q4_K_M   | true",
                "hf.co/*            | llama3                     | false",
                "registry.ollama.ai/library/llama3 | llama3     | true",
                "phi3, mistral:7b   | mistral:7b                 | true",
                "phi3 mistral:7b    | mistral                    | false",
                "''                 | llama3                     | false",
                "l.ama3             | llama3                     | false",
            })
    void fitsNames(String patterns, String model, boolean fits) {
        assertThat(ModelPatterns.parse(patterns).fit(ModelName.parse(model))).isEqualTo(fits);
    }
}
