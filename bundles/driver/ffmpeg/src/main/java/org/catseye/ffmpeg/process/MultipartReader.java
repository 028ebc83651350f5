package org.catseye.ffmpeg.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads ffmpeg's mpjpeg format. Each part has a Content-length, so that a picture can be read straight into its destination. For one
 * thread; blocks until ffmpeg writes.
 */
public final class MultipartReader {

    private static final int MAX_PICTURE_BYTES = 64 * 1024 * 1024;
    private static final int MAX_LINE_LENGTH = 200;
    private static final String LENGTH_FIELD = "content-length:";

    private final InputStream in;

    /** @param in buffered */
    public MultipartReader(InputStream in) {
        this.in = in;
    }

    /** Reads the header of the next part. @return length of its body in bytes, or 0 at the end of the stream */
    public int readPartHeader() throws IOException {
        int length = 0;
        for (String line = readLine(); line != null; line = readLine()) {
            if (line.regionMatches(true, 0, LENGTH_FIELD, 0, LENGTH_FIELD.length())) {
                length = parseLength(line.substring(LENGTH_FIELD.length()).trim());
            } else if (line.isEmpty() && length > 0) {
                return length;
            }
        }
        return 0;
    }

    /** Reads the part's body. @param chunk scratch memory of any size */
    public void readBody(int bytes, ByteBuffer to, byte[] chunk) throws IOException {
        for (int left = bytes; left > 0;) {
            int count = in.read(chunk, 0, Math.min(left, chunk.length));
            if (count < 0) {
                throw new EOFException("ffmpeg ended within a picture.");
            }
            to.put(chunk, 0, count);
            left -= count;
        }
    }

    /** Discards the part's body. @param chunk scratch memory of any size */
    public void skipBody(int bytes, byte[] chunk) throws IOException {
        for (int left = bytes; left > 0;) {
            int count = in.read(chunk, 0, Math.min(left, chunk.length));
            if (count < 0) {
                return;
            }
            left -= count;
        }
    }

    private static int parseLength(String digits) throws IOException {
        try {
            int length = Integer.parseInt(digits);
            if (length > 0 && length <= MAX_PICTURE_BYTES) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new IOException("ffmpeg announced a picture of \"" + digits + "\" bytes.", e);
        }
        throw new IOException("ffmpeg announced a picture of " + digits + " bytes.");
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) {
                return null;
            }
            if (line.length() > MAX_LINE_LENGTH) {
                throw new IOException("The output of ffmpeg is not in the expected format.");
            }
            if (letter != '\r') {
                line.append((char) letter);
            }
        }
        return line.toString();
    }
}
