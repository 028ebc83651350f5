package org.catseye.core.deploy.version;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.catseye.core.deploy.jar.DroppedJar;

/** What became of each jar of the drop folder, by file name. Thread-safe. */
public final class JarResults {

    /** Whether a jar runs, or the kind of reason why it doesn't. */
    public enum Kind {
        RUNNING,
        /** It may run as soon as another bundle is there, or the framework has its start level again. */
        WAITING,
        STOPPED_BY_USER,
        HELD,
        NOT_CHOSEN,
        FAILED
    }

    /**
     * The result for one content of a file.
     *
     * @param problem why it does not run; empty if it runs
     * @param replaced whether it has taken the place of content that ran
     */
    public record Result(DroppedJar jar, Kind kind, String problem, boolean replaced) {
        Result(DroppedJar jar, Kind kind, String problem) {
            this(jar, kind, problem, false);
        }

        /** The problem and its consequence. */
        public String fullProblem() {
            return problem + (replaced ? "; its previous content was replaced and does not run any more" : "");
        }

        public boolean isRunning() {
            return kind == Kind.RUNNING;
        }

        public boolean waiting() {
            return kind == Kind.WAITING;
        }
    }

    private final Map<String, Result> results = new ConcurrentHashMap<>();

    /** Returns whether this result is new. */
    boolean store(Result result) {
        return !result.equals(results.put(result.jar().fileName(), result));
    }

    public void remove(String fileName) {
        results.remove(fileName);
    }

    /** Empty while the content with this digest has no result yet. */
    public Optional<Result> find(String fileName, String digest) {
        return Optional.ofNullable(results.get(fileName)).filter(result -> result.jar().digest().equals(digest));
    }

    /** The names of the bundles that wait. */
    public Stream<String> listWaitingNames() {
        return results.values().stream().filter(Result::waiting).map(result -> result.jar().symbolicName()).distinct();
    }
}
