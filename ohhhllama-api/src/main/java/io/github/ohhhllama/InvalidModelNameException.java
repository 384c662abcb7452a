package io.github.ohhhllama;

/**
 * Thrown when a text is not the name of a model by Ollama's grammar; the message is the one Ollama would send. What it
 * carries is immutable.
 *
 * @since 0.1.0
 */
public final class InvalidModelNameException extends OhhhllamaException {

    private final String input;

    /**
     * Creates the exception.
     *
     * @param input the text that was refused
     * @param message what Ollama says of it
     */
    public InvalidModelNameException(String input, String message) {
        super(message, null);
        this.input = input;
    }

    /** Returns the text that was refused, maybe without the white space around it. */
    public String input() {
        return input;
    }
}
