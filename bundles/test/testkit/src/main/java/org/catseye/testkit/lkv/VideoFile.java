package org.catseye.testkit.lkv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Video made by this machine's ffmpeg, for tests that need what a real encoder makes. They are skipped where there is none. */
public final class VideoFile {

    private static final long PATIENCE_SECONDS = 120;

    private VideoFile() {
    }

    /** Whether ffmpeg and ffprobe with an H.264 encoder can be run here. */
    public static boolean possible() {
        try {
            return run(List.of("ffmpeg", "-hide_banner", "-h", "encoder=libx264")).contains("libx264") && !run(List.of("ffprobe", "-version")).isEmpty();
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /**
     * A moving test picture, Constrained Baseline as the boxes send it. Its container is chosen by the file's name (.ts, .h264).
     *
     * @param gop frames from one key frame to the next
     */
    public static Path make(Path file, int width, int height, int fps, int frames, int gop, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-f", "lavfi", "-i",
            "testsrc2=size=" + width + "x" + height + ":rate=" + fps, "-frames:v", Integer.toString(frames), "-c:v", "libx264",
            "-profile:v", "baseline", "-preset", "ultrafast", "-tune", "zerolatency", "-g", Integer.toString(gop), "-pix_fmt", "yuv420p"));
        command.addAll(List.of(options));
        command.add(file.toString());
        run(command);
        return file;
    }

    /** Runs a program to its end and gives what it wrote, errors included. */
    public static String run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("catseye-test", ".out");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).redirectInput(Path.of("/dev/null").toFile()).start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.get(0) + " did not end in " + PATIENCE_SECONDS + " s");
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

    /** The access units of an Annex B file, cut at their delimiters (x264-params aud=1). */
    public static List<byte[]> units(Path annexB) throws IOException {
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
