package org.catseye.core.access.users;

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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catseye.access.AccessException;
import org.catseye.core.access.password.PasswordHasher;
import org.catseye.core.access.password.PasswordRule;
import org.catseye.secrets.SecretFile;

/**
 * The first half of {@code catseye recover}: prompts for a new password of the user {@code admin} and writes its hash into the home. The launcher
 * moves aside what could lock users out and passes the hash on to {@link Recovery}; with {@code --password-only} the hash goes there directly, and
 * nothing is moved. Needs no network and no running Catseye, only the files of the home, as their owner.
 */
public final class RecoverCommand {

    /** For the launcher, which moves it to {@link Recovery#FILE}. */
    static final String REQUEST = "recovery-request.json";

    private static final String PASSWORD_ONLY = "--password-only";
    private static final String USAGE = """
            usage: catseye recover [--home DIR] [--password-only]
              The way back in, whether Catseye runs or not. It asks for a new password on the terminal, or takes the first line of its input.
              The user admin gets this password and every right, and loses the second factor. Catseye starts again with its own bundles and
              default settings of the front door: added bundles and such settings are moved to the folder aside of the home, and named.
              Other users, and the settings of targets and devices, stay.
              --password-only   only the password: no bundle and no setting is moved, and open pictures go on""";
    private static final int REFUSED = 2;
    private static final Duration APPLY_TIMEOUT = Duration.ofSeconds(8);

    private final Path home;
    private final boolean passwordOnly;
    private final PrintStream out;

    /** @param passwordOnly whether bundles and configurations stay as they are */
    RecoverCommand(Path home, boolean passwordOnly, PrintStream out) {
        this.home = home;
        this.passwordOnly = passwordOnly;
        this.out = out;
    }

    /** A refusal: one line names the fault and the remedy. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    /** Entry point: {@code [--home DIR] [--password-only]}. Exits with code 0, or 2 with a line on stderr. */
    public static void main(String[] arguments) throws IOException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        char[] password = new char[0];
        try {
            RecoverCommand recover = new RecoverCommand(findHome(arguments), List.of(arguments).contains(PASSWORD_ONLY), System.out);
            recover.checkHome();
            password = promptForPassword();
            recover.writeRequest(password, APPLY_TIMEOUT);
        } catch (Refusal e) {
            System.err.println("catseye recover: " + e.getMessage());
            System.exit(REFUSED);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static Path findHome(String[] arguments) throws Refusal {
        String home = System.getenv().getOrDefault("CATSEYE_HOME", "./.home");
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--home=")) {
                home = arguments[i].substring("--home=".length());
            } else if (arguments[i].equals("--home") && i + 1 < arguments.length) {
                home = arguments[++i];
            } else if (!arguments[i].equals(PASSWORD_ONLY)) {
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
        // Not even root: the owner of the home could use links to make root write to other files.
        String owner = Files.getOwner(access, LinkOption.NOFOLLOW_LINKS).getName();
        String user = System.getProperty("user.name");
        if (!owner.equals(user)) {
            throw new Refusal(home + " belongs to " + owner + "; run this as " + owner + ": sudo -u " + owner + " " + findProgram() + " recover --home " + home);
        }
    }

    /** The start script with its folder, because it is usually not in the path. */
    private static String findProgram() {
        String install = System.getProperty("catseye.install");
        return install == null ? "catseye" : install + "/bin/catseye";
    }

    private static char[] promptForPassword() throws IOException, Refusal {
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

    /** @param timeout how long to wait for a running Catseye to apply a password alone */
    void writeRequest(char[] password, Duration timeout) throws IOException, Refusal {
        Path path = home.resolve("access").resolve(passwordOnly ? Recovery.FILE : REQUEST);
        try {
            PasswordRule.checkPassword(password);
            Recovery.writeRequest(new SecretFile(path), new PasswordHasher(Duration.ofSeconds(5)).hashPassword(password));
        } catch (AccessException e) {
            throw new Refusal(e.getMessage());
        }
        if (!passwordOnly) {
            // The second half of the command waits for the launcher.
            return;
        }
        if (!isRunning()) {
            out.println("Catseye does not run. Start it: the user admin then has the new password, every right and no second factor.");
        } else if (isApplied(path, timeout)) {
            out.println("Done: log in as admin with the new password.");
        } else {
            out.println("Catseye runs but has not taken the new password: a bundle that it needs for that does not run. Run this again without " + PASSWORD_ONLY + ".");
        }
    }

    /** A running Catseye holds the lock of its home. */
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

    private static boolean isApplied(Path path, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
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
