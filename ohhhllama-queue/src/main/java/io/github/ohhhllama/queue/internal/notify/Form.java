package io.github.ohhhllama.queue.internal.notify;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Knows the forms in which messages are understood. */
enum Form {
    /** JSON for any program, after Standard Webhooks 1.0. */
    JSON {
        @Override
        RequestBody body(Message message) {
            return json(Map.of(
                    "id", message.id(),
                    "type", message.type(),
                    "timestamp", message.at().toString(),
                    "title", message.title(),
                    "text", message.text(),
                    "data", message.data()));
        }
    },
    /** What ntfy takes: the text as the body, the rest in header fields. */
    NTFY {
        @Override
        RequestBody body(Message message) {
            return RequestBody.create(message.text(), TEXT);
        }

        @Override
        void furnish(Request.Builder request, Message message) {
            // ntfy reads other characters by RFC 2047 only, and no name of a model has any.
            request.header("Title", message.title().replaceAll("[^ -~]", "?"))
                    .header("Priority", message.isBad() ? "high" : "default")
                    .header("Tags", message.isBad() ? "x" : "white_check_mark");
        }
    },
    /** What Gotify takes, at {@code /message}. */
    GOTIFY {
        @Override
        RequestBody body(Message message) {
            return json(
                    Map.of("title", message.title(), "message", message.text(), "priority", message.isBad() ? 8 : 5));
        }

        @Override
        HttpUrl url(HttpUrl url) {
            return url.encodedPath().endsWith("/message")
                    ? url
                    : url.newBuilder()
                            .encodedPath(url.encodedPath().replaceFirst("/*$", "/message"))
                            .build();
        }
    },
    /** What an incoming webhook of Slack takes, and Mattermost and Rocket.Chat too. */
    SLACK {
        @Override
        RequestBody body(Message message) {
            return json(Map.of("text", '*' + escaped(message.title()) + "*\n" + escaped(message.text())));
        }

        private String escaped(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    },
    /** What a webhook of Discord takes; nobody is called by name, whatever the text says. */
    DISCORD {
        @Override
        RequestBody body(Message message) {
            String content = "**" + message.title() + "**\n" + message.text();
            return json(Map.of(
                    "content",
                    content.substring(0, Math.min(DISCORD_LENGTH, content.length())),
                    "allowed_mentions",
                    Map.of("parse", List.of())));
        }
    };

    private static final MediaType TEXT = MediaType.get("text/plain; charset=utf-8");
    private static final MediaType APPLICATION_JSON = MediaType.get("application/json");
    private static final JsonAdapter<Object> ANYTHING =
            new Moshi.Builder().build().adapter(Object.class);
    private static final int DISCORD_LENGTH = 2000;

    /** Returns the body of the request. */
    abstract RequestBody body(Message message);

    /** Adds header fields. */
    void furnish(Request.Builder request, Message message) {}

    /** Returns where the request goes. */
    HttpUrl url(HttpUrl url) {
        return url;
    }

    /** Returns what stands before the plus sign. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The fields in the order of their names, so that the same message is the same text. */
    private static RequestBody json(Map<String, Object> fields) {
        String text = ANYTHING.toJson(new TreeMap<>(fields));
        return RequestBody.create(text.getBytes(StandardCharsets.UTF_8), APPLICATION_JSON);
    }
}
