/**
 * Defines the words of ohhhllama.
 *
 * @since 0.1.0
 */
module io.github.ohhhllama {
    requires static org.jspecify;

    exports io.github.ohhhllama;
}
