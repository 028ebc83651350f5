package org.catseye.jpeg.ffmpeg;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads ffmpeg's mpjpeg format: parts with a Content-length, so that each JPEG goes straight to where it is wanted. One thread. */
final class MultipartReader {

    private static final int MOST = 64 * 1024 * 1024;
    private static final int LONGEST_LINE = 200;
    private static final String LENGTH = "content-length:";

    private final InputStream in;

    /** @param in buffered */
    MultipartReader(InputStream in) {
        this.in = in;
    }

    /** Reads the head of the next part. @return its bytes, or 0 at the end of the stream */
    int next() throws IOException {
        int length = 0;
        for (String line = line(); line != null; line = line()) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = length(line.substring(LENGTH.length()).trim());
            } else if (line.isEmpty() && length > 0) {
                return length;
            }
        }
        return 0;
    }

    /** Reads the part's bytes to the buffer. @param by carries them over, any size */
    void read(int bytes, ByteBuffer to, byte[] by) throws IOException {
        for (int left = bytes; left > 0;) {
            int read = in.read(by, 0, Math.min(left, by.length));
            if (read < 0) {
                throw new EOFException("The decoder for JPEGs ended within a picture.");
            }
            to.put(by, 0, read);
            left -= read;
        }
    }

    /** Leaves the part's bytes out. */
    void skip(int bytes, byte[] by) throws IOException {
        for (int left = bytes; left > 0;) {
            int read = in.read(by, 0, Math.min(left, by.length));
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }

    private static int length(String digits) throws IOException {
        try {
            int length = Integer.parseInt(digits);
            if (length > 0 && length <= MOST) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new IOException("The decoder for JPEGs announces a picture of \"" + digits + "\" bytes.", e);
        }
        throw new IOException("The decoder for JPEGs announces a picture of " + digits + " bytes.");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) {
                return null;
            }
            if (line.length() > LONGEST_LINE) {
                throw new IOException("The decoder for JPEGs wrote something else.");
            }
            if (letter != '\r') {
                line.append((char) letter);
            }
        }
        return line.toString();
    }
}
