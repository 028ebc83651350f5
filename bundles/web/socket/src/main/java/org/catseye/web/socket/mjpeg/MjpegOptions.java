package org.catseye.web.socket.mjpeg;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The query parameters of uStreamer's /stream, with the same meaning (uStreamer README, "HTTP server").
 *
 * @param advanceHeaders the next part's head follows each frame at once, for browsers that show a frame only then
 * @param dualFinalFrames a frame that nothing follows is sent twice, for browsers that show the last but one
 * @param extraHeaders each part carries X-UStreamer-* headers
 * @param zeroData heads without pictures, to measure
 */
public record MjpegOptions(boolean advanceHeaders, boolean dualFinalFrames, boolean extraHeaders, boolean zeroData) {

    static MjpegOptions parseRequest(HttpServletRequest request) {
        return new MjpegOptions(parseFlag(request, "advance_headers"), parseFlag(request, "dual_final_frames"), parseFlag(request, "extra_headers"),
                parseFlag(request, "zero_data"));
    }

    /** Whether all parts have the usual form, so that the shared heads can be used. */
    boolean usesSharedHead() {
        return !advanceHeaders && !extraHeaders && !zeroData;
    }

    private static boolean parseFlag(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value != null && (value.startsWith("1") || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes"));
    }
}
