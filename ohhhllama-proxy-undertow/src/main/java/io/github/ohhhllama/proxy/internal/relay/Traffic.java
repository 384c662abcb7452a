package io.github.ohhhllama.proxy.internal.relay;

/**
 * Hears of the exchanges that pass through, and measures them in its own way.
 *
 * <p>Calls come from the I/O threads, many at a time: answer at once.
 */
public interface Traffic {

    /** Hears nothing. */
    Traffic UNHEARD = new Traffic() {
        @Override
        public long began() {
            return 0;
        }

        @Override
        public void answered(long began, String method) {}

        @Override
        public void ended(long began, String method, int status) {}
    };

    /**
     * Hears that a request sets out.
     *
     * @return what is handed back with the other calls for this request
     */
    long began();

    /**
     * Hears that the head of the final answer has come from Ollama.
     *
     * @param began what {@link #began} returned
     * @param method the request's method, in its exact case
     */
    void answered(long began, String method);

    /**
     * Hears that an exchange is over, in whatever way; called once for each that began.
     *
     * @param began what {@link #began} returned
     * @param method the request's method, in its exact case
     * @param status the status that the client got, or 0 if it left before there was one, or Ollama was left because of what
     *     it had begun to do
     */
    void ended(long began, String method, int status);
}
