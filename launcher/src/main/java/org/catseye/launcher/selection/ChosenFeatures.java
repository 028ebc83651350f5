package org.catseye.launcher.selection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.catseye.files.DurableFile;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * The features that an administrator has switched on, in {@code <home>/features}. A change is recorded before anything else happens, so
 * that a stop at any time leaves the old choice or the new one:
 *
 * <ul>
 * <li>{@code chosen} has the names, one a line. Without this file nobody has chosen yet.
 * <li>{@code chosen.ignored} is the last choice that a start ignored, and that another one has replaced.
 * <li>{@code trying} is the record of a change whose trial has not ended.
 * <li>{@code rolled-back} has the last change that was undone, with the reason.
 * <li>{@code starts} counts the starts with these features that did not get as far as a login.
 * </ul>
 *
 * Thread-safe.
 */
public final class ChosenFeatures {
    /** Why a change is undone at the next start. */
    static final String STOPPED = "Catseye ended during the trial.";
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final int MAX_BYTES = 16 << 10;
    private static final int MAX_FAILED_STARTS = 2;
    private static final int ROLL_BACK_LINES = 3;
    private static final String NAME = "[a-z0-9][a-z0-9.-]*";
    private final Path folder;

    public ChosenFeatures(Path home) {
        folder = home.resolve("features");
    }

    /**
     * A change of one feature.
     *
     * @param names all that are chosen with it
     * @param user who changes it
     * @param address of the user
     */
    record Change(String feature, boolean on, List<String> names, String user, String address) {
    }

    /** A change that was undone. */
    record RollBack(String feature, Instant time, String reason) {
    }

    /**
     * Reads the choice.
     *
     * @return empty if there is none
     * @throws IOException naming the file and the problem if it cannot be used
     */
    synchronized Optional<List<String>> readNames() throws IOException {
        Optional<String> text = readText("chosen");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = text.get().lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).distinct().toList();
        for (String name : names) {
            if (!name.matches(NAME)) {
                throw new IOException(file("chosen").path() + " has a line that is not the name of a feature; write one name a line, as in ms2109");
            }
        }
        return Optional.of(names);
    }

    boolean exists() {
        return Files.exists(file("chosen").path());
    }

    /** Before anything changes. */
    synchronized void beginTrial(Change change) throws IOException {
        DurableFile.createOwnerOnlyFolder(folder);
        List<String> lines = new ArrayList<>(List.of("feature " + change.feature(), "on " + change.on(), "user " + oneLine(change.user()),
                "address " + oneLine(change.address())));
        change.names().forEach(name -> lines.add("chosen " + name));
        write("trying", lines);
    }

    /** Moves a choice that was ignored aside, so that the next one does not overwrite it. Without it, the same features run. */
    synchronized void keepIgnored() throws IOException {
        Path kept = folder.resolve("chosen.ignored");
        Files.move(file("chosen").path(), kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        LOG.info("the features that were ignored at this start are kept in " + kept);
    }

    /** The trial has succeeded: from here on, a start has the new choice. The starts are counted anew. */
    synchronized void commitTrial(Change change) throws IOException {
        List<String> lines = new ArrayList<>(List.of("# The features that an administrator has switched on, one a line."));
        lines.addAll(change.names());
        write("chosen", lines);
        try {
            file("trying").deleteIfExists();
            file("starts").deleteIfExists();
        } catch (IOException e) {
            // The choice is made. A record that has the same choice is deleted at the next start.
            LOG.warning("a file in " + folder + " cannot be deleted: " + StartRefusedException.describeCause(e));
        }
    }

    /** The trial has failed. A full disk must not prevent that this is recorded: deleting the record needs no space. */
    synchronized void undoTrial(String feature, String reason) throws IOException {
        try {
            write("rolled-back", List.of(Instant.now().toString(), feature, oneLine(reason)));
        } catch (IOException e) {
            LOG.severe("the reason why the change of the feature " + feature + " is undone cannot be stored: " + reason + " ("
                    + StartRefusedException.describeCause(e) + ")");
        }
        file("trying").deleteIfExists();
    }

    /** What was in a trial when the process ended, and is not in effect. Call it once, before the choice is read. */
    synchronized Optional<Change> undoUnfinished() {
        try {
            Optional<Change> change = readText("trying").flatMap(ChosenFeatures::parseChange);
            if (change.isEmpty() || readNames().equals(Optional.of(change.get().names()))) {
                file("trying").deleteIfExists();
                return Optional.empty();
            }
            undoTrial(change.get().feature(), STOPPED);
            LOG.warning("the change of the feature " + change.get().feature() + " is undone: " + STOPPED);
            return change;
        } catch (IOException e) {
            LOG.warning("an unfinished change of features cannot be read, and is ignored: " + StartRefusedException.describeCause(e));
            return Optional.empty();
        }
    }

    private static Optional<Change> parseChange(String text) {
        List<String> names = text.lines().filter(line -> line.startsWith("chosen ")).map(line -> line.substring("chosen ".length())).toList();
        String feature = findValue(text, "feature");
        return feature.isEmpty() ? Optional.empty()
                : Optional.of(new Change(feature, findValue(text, "on").equals("true"), names, findValue(text, "user"), findValue(text, "address")));
    }

    private static String findValue(String text, String key) {
        return text.lines().filter(line -> line.startsWith(key + " ")).map(line -> line.substring(key.length() + 1)).findFirst().orElse("");
    }

    /** The last change that was undone. Damaged content counts as none. */
    synchronized Optional<RollBack> findRollBack() {
        try {
            String[] lines = readText("rolled-back").orElse("").split("\n", ROLL_BACK_LINES);
            return lines.length < ROLL_BACK_LINES ? Optional.empty() : Optional.of(new RollBack(lines[1], Instant.parse(lines[0]), lines[2].strip()));
        } catch (IOException | DateTimeException e) {
            LOG.fine("the last undone change of features cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether so many starts with these features have failed in a row that the next one does without them. */
    synchronized boolean hasFailedTooOften() {
        return countFailedStarts() >= MAX_FAILED_STARTS;
    }

    private int countFailedStarts() {
        try {
            String count = readText("starts").map(String::strip).orElse("0");
            return count.matches("[0-9]{1,3}") ? Integer.parseInt(count) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** A start with the chosen features begins. */
    synchronized void beginStart() {
        try {
            write("starts", List.of(Integer.toString(countFailedStarts() + 1)));
        } catch (IOException e) {
            LOG.warning("the start cannot be counted: " + StartRefusedException.describeCause(e));
        }
    }

    /** It has succeeded, or was ended by a person. */
    synchronized void endStart() {
        try {
            file("starts").deleteIfExists();
        } catch (IOException e) {
            LOG.warning("the count of starts cannot be deleted: " + StartRefusedException.describeCause(e));
        }
    }

    private Optional<String> readText(String name) throws IOException {
        return file(name).readBytes(MAX_BYTES).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private void write(String name, List<String> lines) throws IOException {
        file(name).replaceContent((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private DurableFile file(String name) {
        return DurableFile.forOwnerOnly(folder.resolve(name));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
