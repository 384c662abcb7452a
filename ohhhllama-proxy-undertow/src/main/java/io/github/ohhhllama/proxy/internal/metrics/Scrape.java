package io.github.ohhhllama.proxy.internal.metrics;

/**
 * Is everything that is measured at one moment, as text.
 *
 * @param contentType in which of the formats
 * @param text the text in UTF-8; it is not copied
 */
@SuppressWarnings("ArrayRecordComponent") // made for one answer, and compared with nothing
public record Scrape(String contentType, byte[] text) {}
