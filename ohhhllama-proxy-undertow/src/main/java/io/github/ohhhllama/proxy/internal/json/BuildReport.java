package io.github.ohhhllama.proxy.internal.json;

/**
 * Shows to scripts what runs.
 *
 * @param version the program's
 * @param java the version of the Java it runs on
 * @param vendor who made that
 * @param os the name of the operating system
 * @param arch the processor's kind
 */
public record BuildReport(String version, String java, String vendor, String os, String arch) {

    /** Returns the report as one object. */
    public byte[] toJson() {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("version").value(version);
            writer.name("java").value(java);
            writer.name("vendor").value(vendor);
            writer.name("os").value(os);
            writer.name("arch").value(arch);
            writer.endObject();
        });
    }
}
