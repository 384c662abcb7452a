package io.github.ohhhllama.proxy.internal.relay;

/** Cuts the request target out of a request line. */
final class RequestTarget {

    private RequestTarget() {}

    /** Returns the method of a request line. */
    static String method(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** Returns the target of a request line as it stands there. */
    static String verbatim(String line) {
        int start = line.indexOf(' ') + 1;
        return line.substring(start, line.indexOf(' ', start));
    }

    /**
     * Returns the target in origin-form (or {@code *}), untouched but for scheme and authority of an absolute-form.
     *
     * @param line a request line with exactly two blanks
     */
    static String of(String line) {
        String target = verbatim(line);
        if (target.startsWith("/") || target.equals("*")) {
            return target;
        }
        int authority = target.indexOf("://") + 3;
        int path = authority;
        while (path < target.length() && "/?#".indexOf(target.charAt(path)) < 0) {
            path++;
        }
        String rest = target.substring(path);
        if (rest.isEmpty() && line.startsWith("OPTIONS ")) {
            return "*";
        }
        return rest.startsWith("/") ? rest : "/" + rest;
    }
}
