package org.catseye.capture.v4l2;

import static org.junit.Assume.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The emulated sticks of the test rig: a camera process behind a library that is preloaded into this JVM (profile {@code rig}). Stick
 * 0 is /dev/video0 at USB port 1-1, and stick 1 is /dev/video2 at USB port 1-2.
 */
final class Rig implements AutoCloseable {

    private final Path root;
    private final Process camera;

    private Rig(Path root, Process camera) {
        this.root = root;
        this.camera = camera;
    }

    /** Starts the camera, or skips the test if there is no rig. */
    static Rig start(int sticks) throws Exception {
        String folder = System.getenv("CATSEYE_RIG");
        String shimRoot = System.getenv("V4L2SHIM_ROOT");
        assumeTrue("no test rig: set CATSEYE_RIG and use -Prig", folder != null && shimRoot != null);
        Path program = Path.of(folder, "v4l2shim", "v4l2cam");
        assumeTrue("no test rig in " + folder, Files.isExecutable(program));
        Path root = Path.of(shimRoot);
        delete(root);
        Files.createDirectories(root);
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "-r", root.toString(), "-n", Integer.toString(sticks),
            Path.of(folder, "frames").toString()).redirectErrorStream(true).redirectOutput(root.resolve("camera.log").toFile());
        builder.environment().remove("LD_PRELOAD");
        Rig rig = new Rig(root, builder.start());
        rig.await("camera ready", () -> Files.exists(root.resolve("sock")) && Files.exists(root.resolve("ctl")));
        return rig;
    }

    /** Sends a command line to the camera, see v4l2cam.c. */
    void command(String line) throws IOException {
        Files.writeString(root.resolve("ctl"), line + "\n", StandardOpenOption.WRITE);
    }

    /** The camera's statistics for a stick, such as {@code stick 0 plugged 1 streaming 1 seq 30 sent 31 dropped 0}. */
    String status(int stick) throws Exception {
        Path file = root.resolve("status");
        Files.deleteIfExists(file);
        command("status");
        await("status", () -> Files.exists(file) && Files.readString(file).lines().count() > stick);
        return Files.readString(file).lines().skip(stick).findFirst().orElseThrow();
    }

    /** Whether the kernel side sees the stick streaming. */
    boolean streaming(int stick) throws Exception {
        return status(stick).contains("streaming 1");
    }

    interface Condition {
        boolean isMet() throws Exception;
    }

    /** Waits, with a timeout, for a condition in the camera process. */
    void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.isMet()) {
            if (System.nanoTime() > end || camera != null && !camera.isAlive()) {
                throw new AssertionError("timed out: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        camera.destroy();
        camera.onExit().orTimeout(5, TimeUnit.SECONDS).join();
        delete(root);
    }

    private static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }
}
