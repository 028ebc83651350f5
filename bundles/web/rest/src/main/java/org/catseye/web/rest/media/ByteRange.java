package org.catseye.web.rest.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a request asks for (RFC 9110, 14.2).
 *
 * @param first the first byte
 * @param count how many
 */
record ByteRange(long first, long count) {

    private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** Empty if the whole file is to be sent: the header is missing, has several ranges, or is not well-formed. A count of 0 means that there is no such part. */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher parts = SINGLE.matcher(header == null ? "" : header);
        if (!parts.matches() || parts.group(1).isEmpty() && parts.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (parts.group(1).isEmpty()) {
            long count = Math.min(size, Long.parseLong(parts.group(2)));
            return Optional.of(new ByteRange(size - count, count));
        }
        long first = Long.parseLong(parts.group(1));
        long last = parts.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(parts.group(2));
        if (last < first) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, Math.max(0, Math.min(size, last + 1) - first)));
    }
}
