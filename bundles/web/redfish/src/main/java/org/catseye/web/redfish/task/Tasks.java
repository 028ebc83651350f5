package org.catseye.web.redfish.task;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.route.RedfishPaths;
import org.catseye.web.redfish.route.RedfishRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks that run, and for an hour those that have ended. A request waits for its task some seconds, so that most clients need not know about
 * tasks. Thread-safe.
 */
@Component(service = Tasks.class)
public final class Tasks {

    static final int MAX_RUNNING = 8;
    /** Below the usual time limit of clients, which is ten seconds in Ansible. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final String RETRY_SECONDS = "2";
    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

    private final InstantSource time;
    private final Duration patience;
    private final ExecutorService threads = new ThreadPoolExecutor(0, MAX_RUNNING, 5, TimeUnit.SECONDS, new SynchronousQueue<>(),
            NamedThreads.withNumberedName("redfish-task"));
    /** By id, the oldest first. Guarded by this. */
    private final Map<String, Task> tasks = new LinkedHashMap<>();

    /** What a task does. */
    @FunctionalInterface
    public interface Work {
        /** @param task to report the progress to */
        void perform(Task task) throws RedfishException, InterruptedException;
    }

    @Activate
    public Tasks() {
        this(InstantSource.system(), PATIENCE);
    }

    /** @param patience how long a request waits for its task */
    public Tasks(InstantSource time, Duration patience) {
        this.time = time;
        this.patience = patience;
    }

    @Deactivate
    void stop() {
        threads.shutdownNow();
    }

    /** @throws RedfishException if too many tasks run */
    public Task start(String name, String user, Work work) throws RedfishException {
        Task task = new Task(UUID.randomUUID().toString(), name, user, time.instant());
        try {
            threads.execute(() -> run(task, work));
        } catch (RejectedExecutionException e) {
            throw RedfishException.ofBusy(503, "This device is busy with " + MAX_RUNNING + " other tasks.", 10);
        }
        Instant oldest = time.instant().minus(KEPT);
        synchronized (this) {
            tasks.values().removeIf(other -> other.hasEndedBefore(oldest));
            tasks.put(task.id(), task);
        }
        return task;
    }

    private void run(Task task, Work work) {
        Optional<RedfishException> failure = Optional.empty();
        try {
            work.perform(task);
        } catch (RedfishException e) {
            failure = Optional.of(e);
        } catch (InterruptedException e) {
            failure = Optional.of(RedfishException.ofMessage(503, "The server is shutting down."));
        } catch (RuntimeException e) {
            LOG.error("A task has failed", e);
            failure = Optional.of(RedfishException.ofMessage(500, "This failed inside Catseye. The log has the details."));
        } finally {
            task.finish(time.instant(), failure);
        }
    }

    /** Answers with the result of a task. If it takes longer, answers with the task, which the client can follow. */
    public void answerWhenDone(RedfishRequest request, Task task) throws RedfishException, IOException, InterruptedException {
        if (task.await(patience)) {
            forget(task);
            answerResult(request, task);
        } else {
            answerRunning(request, task);
        }
    }

    private synchronized void forget(Task task) {
        tasks.remove(task.id());
    }

    static void answerResult(RedfishRequest request, Task task) throws RedfishException {
        task.throwFailure();
        request.response().setStatus(204);
    }

    static void answerRunning(RedfishRequest request, Task task) throws IOException {
        request.response().setHeader("Location", request.link(RedfishPaths.TASK_MONITORS + "/" + task.id()));
        request.response().setHeader("Retry-After", RETRY_SECONDS);
        request.sendJson(202, task.toJson(request));
    }

    synchronized List<Task> listTasks(String user) {
        return tasks.values().stream().filter(task -> task.user().equals(user)).toList();
    }
}
