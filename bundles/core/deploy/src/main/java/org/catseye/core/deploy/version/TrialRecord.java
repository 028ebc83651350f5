package org.catseye.core.deploy.version;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@link StartTrials} keeps on the disk. The maps have the digest of the content by file name.
 *
 * @param failures how many runs in a row ended during a trial
 * @param starting the bundles whose start has not returned
 * @param started the bundles whose start has returned a short time ago
 * @param suspects the bundles that were starting or had started when the run before failed
 * @param held the bundles that are not started any more
 */
record TrialRecord(int failures, Map<String, String> starting, Map<String, String> started, Map<String, String> suspects,
        Map<String, String> held) {

    static final TrialRecord EMPTY = new TrialRecord(0, Map.of(), Map.of(), Map.of(), Map.of());

    TrialRecord {
        starting = Map.copyOf(starting);
        started = Map.copyOf(started);
        suspects = Map.copyOf(suspects);
        held = Map.copyOf(held);
    }

    /** Lines of {@code <kind> <digest> <file name>}; anything else is ignored. */
    static TrialRecord parse(String text) {
        int failures = 0;
        Map<String, Map<String, String>> kinds = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(" ", 3);
            if (parts.length == 2 && parts[0].equals("failures") && parts[1].matches("\\d{1,6}")) {
                failures = Integer.parseInt(parts[1]);
            } else if (parts.length == 3) {
                kinds.computeIfAbsent(parts[0], kind -> new TreeMap<>()).put(parts[2], parts[1]);
            }
        }
        return new TrialRecord(failures, kinds.getOrDefault("starting", Map.of()), kinds.getOrDefault("started", Map.of()),
                kinds.getOrDefault("suspect", Map.of()), kinds.getOrDefault("held", Map.of()));
    }

    String format() {
        StringBuilder text = new StringBuilder("failures " + failures + "\n");
        Map.of("starting", starting, "started", started, "suspect", suspects, "held", held)
                .forEach((kind, files) -> files.forEach((file, digest) -> text.append(kind).append(' ').append(digest).append(' ').append(file).append('\n')));
        return text.toString();
    }

    /** The bundles that may have ended the process: those that were starting; if there were none, those that had just started. */
    Map<String, String> findSuspects() {
        Map<String, String> now = starting.isEmpty() ? started : starting;
        Map<String, String> both = new TreeMap<>(now);
        both.keySet().retainAll(suspects.keySet());
        return both.isEmpty() ? new TreeMap<>(now) : both;
    }

    TrialRecord withFailure() {
        Map<String, String> all = new TreeMap<>(started);
        all.putAll(starting);
        return new TrialRecord(failures + 1, Map.of(), Map.of(), all, held);
    }

    TrialRecord withoutFailures() {
        return new TrialRecord(0, starting, started, Map.of(), held);
    }

    TrialRecord withHeld(Map<String, String> more) {
        return new TrialRecord(0, Map.of(), Map.of(), Map.of(), with(held, more));
    }

    TrialRecord withoutHeld(String file) {
        return new TrialRecord(failures, starting, started, suspects, without(held, file));
    }

    TrialRecord withStarting(String file, String digest) {
        return new TrialRecord(failures, with(starting, Map.of(file, digest)), without(started, file), suspects, held);
    }

    TrialRecord withStarted(String file) {
        return starting.containsKey(file)
                ? new TrialRecord(failures, without(starting, file), with(started, Map.of(file, starting.get(file))), suspects, held)
                : this;
    }

    TrialRecord withTrialsOf(Set<String> files) {
        Map<String, String> left = new TreeMap<>(started);
        left.keySet().retainAll(files);
        return new TrialRecord(failures, starting, left, suspects, held);
    }

    TrialRecord withoutTrials() {
        return new TrialRecord(failures, Map.of(), Map.of(), suspects, held);
    }

    private static Map<String, String> with(Map<String, String> files, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(files);
        all.putAll(more);
        return all;
    }

    private static Map<String, String> without(Map<String, String> files, String file) {
        Map<String, String> left = new TreeMap<>(files);
        left.remove(file);
        return left;
    }
}
