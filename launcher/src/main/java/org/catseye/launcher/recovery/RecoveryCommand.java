package org.catseye.launcher.recovery;

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
 * The second half of {@code catseye recover}: waits until a login is possible. It kills a process that does not take up the request, for example
 * because a bundle has used up its memory. If the process ends and no service manager restarts it, this command does, with the options of before.
 */
public final class RecoveryCommand {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration TAKE_UP_TIMEOUT = Duration.ofSeconds(25);
    private static final Duration RESTART_TIMEOUT = Duration.ofSeconds(6);
    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(180);
    private static final int EXIT_FAILED = 1;
    private final Path home;
    private final RecoveryFiles files;
    private final PrintStream out;
    private Optional<RunningProcess> process = Optional.empty();
    private boolean killed;
    private boolean restarted;

    RecoveryCommand(Path home, PrintStream out) {
        this.home = home;
        this.files = new RecoveryFiles(home);
        this.out = out;
    }

    /** @param arguments the home */
    public static void main(String[] arguments) throws Exception {
        boolean done = new RecoveryCommand(Path.of(arguments[0]).toAbsolutePath().normalize(), System.out).awaitLogin();
        System.exit(done ? 0 : EXIT_FAILED);
    }

    boolean awaitLogin() throws IOException, InterruptedException {
        if (!isHomeInUse()) {
            out.println("Catseye does not run. Start it: the user admin then has the new password, and the product's own bundles run with default settings.");
            return true;
        }
        process = RunningProcess.findByHome(home);
        long begin = System.nanoTime();
        long lastSeen = begin;
        while (System.nanoTime() - begin < LOGIN_TIMEOUT.toNanos()) {
            // Until the request is taken up, a result is that of an earlier recovery whose command did not wait.
            Optional<List<String>> result = files.isRequested() ? Optional.empty() : files.takeResult();
            if (result.isPresent()) {
                printResult(result.get());
                return true;
            }
            long now = System.nanoTime();
            if (isHomeInUse()) {
                lastSeen = now;
                killIfUnresponsive(now - begin);
            } else {
                restartIfNeeded(now - lastSeen);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
        }
        out.println(isHomeInUse() ? "Catseye runs, but no login is possible yet. " + home.resolve("log/catseye.log") + " has the reason."
                : "Catseye has ended. Start it: the user admin then has the new password.");
        return false;
    }

    private void killIfUnresponsive(long waitedNanos) {
        if (!killed && files.isRequested() && waitedNanos > TAKE_UP_TIMEOUT.toNanos() && process.isPresent()) {
            killed = true;
            out.println("Catseye does not answer; its process is ended.");
            process.get().killForcibly();
        }
    }

    private void restartIfNeeded(long endedNanos) throws IOException {
        if (!restarted && endedNanos > RESTART_TIMEOUT.toNanos() && process.filter(RunningProcess::isStartedByHand).isPresent()) {
            restarted = true;
            long id = process.get().restartDetached(home.resolve("log/restart.log"));
            out.println("Catseye has ended and is started again, in the background, as process " + id + ".");
        }
    }

    private void printResult(List<String> movedItems) {
        out.println("Done: log in as admin with the new password. Users and the settings of targets and devices were kept.");
        if (!movedItems.isEmpty()) {
            out.println("Moved aside, because it could lock you out (move back what you need, one item at a time, and restart):");
            movedItems.forEach(line -> out.println("  " + home.resolve(line)));
        }
    }

    /** A running Catseye holds the lock of its home. */
    private boolean isHomeInUse() throws IOException {
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
