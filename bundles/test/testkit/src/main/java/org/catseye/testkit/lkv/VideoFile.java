package org.catseye.testkit.lkv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Video from this machine's ffmpeg, for tests that need the output of a real encoder. Such tests are skipped without ffmpeg. */
public final class VideoFile {

    private static final long TIMEOUT_SECONDS = 120;

    private VideoFile() {
    }

    /** Whether this machine has ffmpeg with an H.264 encoder, and ffprobe. */
    public static boolean isSupported() {
        try {
            return runProgram(List.of("ffmpeg", "-hide_banner", "-h", "encoder=libx264")).contains("libx264") && !runProgram(List.of("ffprobe", "-version")).isEmpty();
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /**
     * Encodes a moving test picture in Constrained Baseline, the profile of the boxes. The file's name selects the container (.ts, .h264).
     *
     * @param gop frames between key frames
     */
    public static Path encodeVideo(Path file, int width, int height, int fps, int frames, int gop, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-f", "lavfi", "-i",
            "testsrc2=size=" + width + "x" + height + ":rate=" + fps, "-frames:v", Integer.toString(frames), "-c:v", "libx264",
            "-profile:v", "baseline", "-preset", "ultrafast", "-tune", "zerolatency", "-g", Integer.toString(gop), "-pix_fmt", "yuv420p"));
        command.addAll(List.of(options));
        command.add(file.toString());
        runProgram(command);
        return file;
    }

    /** Runs a program until it exits. @return its output, including errors */
    public static String runProgram(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("catseye-test", ".out");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).redirectInput(Path.of("/dev/null").toFile()).start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.get(0) + " did not exit within " + TIMEOUT_SECONDS + " s");
            }
            String text = Files.readString(out);
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + text);
            }
            return text;
        } finally {
            Files.delete(out);
        }
    }

    /** The access units of an Annex B file, divided at their delimiters (x264-params aud=1). */
    public static List<byte[]> readUnits(Path annexB) throws IOException {
        byte[] all = Files.readAllBytes(annexB);
        List<byte[]> units = new ArrayList<>();
        int start = -1;
        for (int i = 0; i + 4 < all.length; i++) {
            if (all[i] == 0 && all[i + 1] == 0 && all[i + 2] == 0 && all[i + 3] == 1 && (all[i + 4] & 0x1f) == 9) {
                if (start >= 0) {
                    units.add(Arrays.copyOfRange(all, start, i));
                }
                start = i;
            }
        }
        if (start >= 0) {
            units.add(Arrays.copyOfRange(all, start, all.length));
        }
        return units;
    }
}
