package org.catseye.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The second half of {@code catseye recover}: waits until a login is possible. A process that doesn't take up the request, because a bundle has used up its
 * memory for instance, is killed; if nothing starts Catseye again by itself, this does, as it was started before.
 */
final class RecoveryCommand {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration UNTIL_TAKEN = Duration.ofSeconds(25);
    private static final Duration UNTIL_RESTARTED = Duration.ofSeconds(6);
    private static final Duration UNTIL_READY = Duration.ofSeconds(180);
    private static final int FAILED = 1;
    private final Path home;
    private final RecoveryFiles files;
    private final PrintStream out;

    RecoveryCommand(Path home, PrintStream out) {
        this.home = home;
        this.files = new RecoveryFiles(home);
        this.out = out;
    }

    /** @param arguments the home */
    public static void main(String[] arguments) throws Exception {
        boolean done = new RecoveryCommand(Path.of(arguments[0]).toAbsolutePath().normalize(), System.out).await();
        System.exit(done ? 0 : FAILED);
    }

    boolean await() throws IOException, InterruptedException {
        if (!isRunning()) {
            out.println("Catseye does not run. Start it: the user admin then has the new password, and the product's own bundles run with default settings.");
            return true;
        }
        Optional<RunningProcess> process = RunningProcess.find(home);
        long begin = System.nanoTime();
        long lastSeen = begin;
        boolean killed = false;
        boolean restarted = false;
        while (System.nanoTime() - begin < UNTIL_READY.toNanos()) {
            // Until the request is taken up, a result is that of an earlier recovery whose command did not wait.
            Optional<List<String>> result = files.isRequested() ? Optional.empty() : files.takeResult();
            if (result.isPresent()) {
                report(result.get());
                return true;
            }
            long now = System.nanoTime();
            if (isRunning()) {
                lastSeen = now;
                if (!killed && files.isRequested() && now - begin > UNTIL_TAKEN.toNanos() && process.isPresent()) {
                    killed = true;
                    out.println("Catseye does not answer; its process is ended.");
                    process.get().kill();
                }
            } else if (!restarted && now - lastSeen > UNTIL_RESTARTED.toNanos() && process.filter(RunningProcess::isStartedByHand).isPresent()) {
                restarted = true;
                out.println("Catseye has ended and is started again, in the background, as process " + process.get().startAgain(home.resolve("log/restart.log")) + ".");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
        out.println(isRunning() ? "Catseye runs, but no login is possible yet. " + home.resolve("log/catseye.log") + " has the reason."
                : "Catseye has ended. Start it: the user admin then has the new password.");
        return false;
    }

    private void report(List<String> aside) {
        out.println("Done: log in as admin with the new password. Users and the settings of targets and devices were kept.");
        if (!aside.isEmpty()) {
            out.println("Put aside, because it could keep you out (move back what you need, one at a time, and restart):");
            aside.forEach(line -> out.println("  " + home.resolve(line)));
        }
    }

    /** A Catseye that runs holds the lock of its home. */
    private boolean isRunning() throws IOException {
        Path lock = home.resolve("lock");
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ, StandardOpenOption.WRITE); var held = channel.tryLock()) {
            return held == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
