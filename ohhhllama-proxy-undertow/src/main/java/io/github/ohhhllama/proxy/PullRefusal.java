package io.github.ohhhllama.proxy;

import io.github.ohhhllama.EnqueueResult.Refused;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullFailure;
import io.undertow.util.StatusCodes;
import java.util.Objects;

/**
 * Says how a pull is refused.
 *
 * @param status the HTTP status, where the answer has one of its own
 * @param words why, for a person
 * @param dialect whether Ollama's clients hear of it as Ollama would tell them, in the last line of a stream
 */
record PullRefusal(int status, String words, boolean dialect) {

    PullRefusal {
        Objects.requireNonNull(words, "words");
    }

    /** Returns what an outcome means for the one who asked. */
    static PullRefusal of(ModelName model, Refused refused, Wording wording) {
        return refused.match(
                limited -> new PullRefusal(StatusCodes.TOO_MANY_REQUESTS, wording.limited(limited.rate()), false),
                noRoom -> new PullRefusal(
                        StatusCodes.INSUFFICIENT_STORAGE, wording.noRoom(model, noRoom.shortage()), true),
                notOffered -> new PullRefusal(status(notOffered.failure()), notOffered.words(), true));
    }

    private static int status(PullFailure failure) {
        return switch (failure) {
            case UNKNOWN_MODEL -> StatusCodes.NOT_FOUND;
            case REFUSED -> StatusCodes.FORBIDDEN;
            case UNSUPPORTED -> StatusCodes.UNPROCESSABLE_ENTITY;
            case NETWORK, STALLED, NOT_LISTED, DIGEST_MISMATCH -> StatusCodes.BAD_GATEWAY;
        };
    }
}
