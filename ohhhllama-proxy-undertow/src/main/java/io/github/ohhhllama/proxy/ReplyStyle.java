package io.github.ohhhllama.proxy;

/** Names the ways to answer a queued pull. */
enum ReplyStyle {
    /** One JSON object with 202, for those who are no Ollama clients. */
    OBJECT,
    /** An error in the form that Ollama's clients show to people. */
    DIALECT,
    /** An answer that lasts until the model is here. */
    HOLD
}
