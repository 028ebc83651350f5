package org.catseye.auth.file;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.catseye.access.AccessException;
import org.catseye.secrets.SecretFile;

/**
 * {@code catseye recover}, a program of its own for who has a shell on the device: asks for a new password of the user {@code admin} and leaves its hash
 * in the home, for {@link Recovery}. Needs no network and no running Catseye, only the files of the home, as their owner.
 */
public final class Recover {

    private static final int REFUSED = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Path home;
    private final PrintStream out;

    Recover(Path home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    /** A refusal: one line says what is wrong and what would be right. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    /** Entry point: {@code [--home DIR]}. Ends with code 0, or 2 with a line on stderr. */
    public static void main(String[] arguments) throws IOException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println("usage: catseye recover [--home DIR]\n  sets a new password for the user admin, who gets every right and loses the second factor;"
                    + "\n  asks for it on the terminal, or takes the first line of its input. Whether Catseye runs or not.");
            return;
        }
        char[] password = new char[0];
        try {
            Recover recover = new Recover(home(arguments), System.out);
            recover.checkHome();
            password = ask();
            recover.run(password, PATIENCE);
        } catch (Refusal e) {
            System.err.println("catseye recover: " + e.getMessage());
            System.exit(REFUSED);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static Path home(String[] arguments) throws Refusal {
        String home = System.getenv().getOrDefault("CATSEYE_HOME", "./.home");
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--home=")) {
                home = arguments[i].substring("--home=".length());
            } else if (arguments[i].equals("--home") && i + 1 < arguments.length) {
                home = arguments[++i];
            } else {
                throw new Refusal("unknown option '" + arguments[i] + "'; try --help");
            }
        }
        return Path.of(home).toAbsolutePath().normalize();
    }

    void checkHome() throws Refusal, IOException {
        Path access = home.resolve("access");
        if (!Files.isDirectory(access, LinkOption.NOFOLLOW_LINKS)) {
            throw new Refusal("there is no Catseye's home in " + home + "; give it by --home DIR");
        }
        // Not even root: whoever owns the home could lead root's hand to other files by links.
        String owner = Files.getOwner(access, LinkOption.NOFOLLOW_LINKS).getName();
        String user = System.getProperty("user.name");
        if (!owner.equals(user)) {
            throw new Refusal(home + " belongs to " + owner + "; run this as " + owner + ": sudo -u " + owner + " " + program() + " recover --home " + home);
        }
    }

    /** The start script by its place: nobody has it in the path. */
    private static String program() {
        String install = System.getProperty("catseye.install");
        return install == null ? "catseye" : install + "/bin/catseye";
    }

    private static char[] ask() throws IOException, Refusal {
        Console console = System.console();
        if (console == null) {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw new Refusal("no password on the input");
            }
            return line.toCharArray();
        }
        char[] first = console.readPassword("New password of the user admin: ");
        char[] second = console.readPassword("Once more: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw new Refusal("these were not the same; nothing was changed");
        }
        Arrays.fill(second, '\0');
        return first;
    }

    /** @param patience how long to wait for a Catseye that runs to take it */
    void run(char[] password, Duration patience) throws IOException, Refusal {
        Path path = home.resolve("access").resolve(Recovery.FILE);
        try {
            PasswordRule.check(password);
            Recovery.ask(new SecretFile(path), new Passwords(Duration.ofSeconds(5)).hash(password));
        } catch (AccessException e) {
            throw new Refusal(e.getMessage());
        }
        if (!isRunning()) {
            out.println("Catseye does not run. Start it: the user admin then has the new password, every right and no second factor.");
        } else if (isTaken(path, patience)) {
            out.println("Done: log in as admin with the new password.");
        } else {
            out.println("Catseye runs but has not taken the new password: a bundle that it needs for that is stopped. Restart Catseye: that starts it again.");
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

    private static boolean isTaken(Path path, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (Files.exists(path)) {
                if (System.nanoTime() >= end) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
