package org.catseye.core.watchdog.verdict;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.catseye.plugins.health.ExceededLimit;
import org.catseye.plugins.health.HealthFigure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins that the watchdog has stopped, and why. They are kept in a file with one line {@code <plug-in>=<time> <figure>:<measured>:<limit>...}
 * for each, beside the list of those that stay stopped. If the file is lost, they stay stopped without a reason. Not thread-safe.
 */
final class StoppedPlugins {

    private static final Logger LOG = LoggerFactory.getLogger(StoppedPlugins.class);

    /** When it was stopped, and why. */
    record Stop(Instant time, List<ExceededLimit> exceeded) {

        String format() {
            return time + exceeded.stream().map(each -> " " + each.figure() + ":" + each.measured() + ":" + each.limit()).collect(Collectors.joining());
        }

        static Stop parse(String text) {
            String[] parts = text.split(" ");
            return new Stop(Instant.parse(parts[0]), Arrays.stream(parts).skip(1).map(part -> part.split(":"))
                .map(part -> new ExceededLimit(HealthFigure.valueOf(part[0]), Long.parseLong(part[1]), Long.parseLong(part[2]))).toList());
        }
    }

    private final Path file;
    private final Map<String, Stop> stops = new TreeMap<>();

    StoppedPlugins(Path file) {
        this.file = file;
    }

    /** A missing or damaged file counts as empty. */
    void loadFile() {
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
            lines.stringPropertyNames().forEach(name -> stops.put(name, Stop.parse(lines.getProperty(name))));
        } catch (NoSuchFileException e) {
            LOG.debug("no plug-in was stopped before");
        } catch (IOException | IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            LOG.warn("{} is damaged. Plug-ins that were stopped stay stopped, but the reason is lost", file, e);
        }
    }

    Optional<Stop> find(String plugin) {
        return Optional.ofNullable(stops.get(plugin));
    }

    void add(String plugin, Stop stop) {
        stops.put(plugin, stop);
        saveFile();
    }

    /** Forgets those to which it applies. */
    void removeIf(Predicate<String> outdated) {
        if (stops.keySet().removeIf(outdated)) {
            saveFile();
        }
    }

    private void saveFile() {
        Properties lines = new Properties();
        stops.forEach((plugin, stop) -> lines.setProperty(plugin, stop.format()));
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            lines.store(out, null);
        } catch (IOException e) {
            LOG.warn("{} cannot be written ({}). After a restart, the reason why plug-ins are stopped is not shown", file, e.toString());
        }
    }
}
