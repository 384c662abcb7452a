package io.github.ohhhllama.proxy.internal.json;

import java.util.List;

/** Holds one JSON value as it was written: members in their order, none dropped, numbers as text. */
sealed interface JsonValue {

    /** Returns the kind of value in the words of Go's error messages. */
    String kind();

    /** A string, with its escapes resolved. */
    record Text(String value) implements JsonValue {
        @Override
        public String kind() {
            return "string";
        }
    }

    /** A number, kept as its literal since {@code 1e999} and 20 digits fit no type of Java's. */
    record Numeral(String literal) implements JsonValue {
        @Override
        public String kind() {
            return "number";
        }
    }

    /** True or false. */
    record Flag(boolean value) implements JsonValue {
        @Override
        public String kind() {
            return "bool";
        }
    }

    /** The literal {@code null}. */
    record Null() implements JsonValue {
        @Override
        public String kind() {
            return "null";
        }
    }

    /** An array. */
    record Items(List<JsonValue> values) implements JsonValue {
        @Override
        public String kind() {
            return "array";
        }
    }

    /** An object. */
    record Members(List<Member> values) implements JsonValue {
        @Override
        public String kind() {
            return "object";
        }
    }

    /** One member of an object; an object may hold several of one name. */
    record Member(String name, JsonValue value) {}
}
