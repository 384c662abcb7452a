package io.github.ohhhllama.proxy.internal.relay;

/** What belongs together while a connection to Ollama serves an exchange. */
record Link(BackendConnection backend, RequestPump request, AnswerPump answer) {

    /** Ends it, so that Ollama cannot take half a request for a whole one. */
    void close() {
        boolean whole = request.isComplete();
        request.release();
        answer.release();
        if (whole) {
            backend.close();
        } else {
            backend.abort();
        }
    }
}
