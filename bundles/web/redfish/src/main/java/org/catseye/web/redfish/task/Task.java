package org.catseye.web.redfish.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.route.RedfishJson;
import org.catseye.web.redfish.route.RedfishPaths;
import org.catseye.web.redfish.route.RedfishRequest;

/** Work that runs on a thread of its own, or its result. Thread-safe. */
public final class Task {

    private final String id;
    private final String name;
    private final String user;
    private final Instant started;
    private final CountDownLatch done = new CountDownLatch(1);
    /** -1 while it is unknown. */
    private volatile int percent = -1;
    /** Null while it runs. */
    private volatile Result result;

    private record Result(Instant ended, Optional<RedfishException> failure) {
    }

    Task(String id, String name, String user, Instant started) {
        this.id = id;
        this.name = name;
        this.user = user;
        this.started = started;
    }

    public String user() {
        return user;
    }

    String id() {
        return id;
    }

    /** @param value 0 to 100 */
    public void reportPercent(int value) {
        percent = value;
    }

    void finish(Instant ended, Optional<RedfishException> failure) {
        result = new Result(ended, failure);
        done.countDown();
    }

    boolean isRunning() {
        return done.getCount() > 0;
    }

    boolean hasEndedBefore(Instant time) {
        return !isRunning() && result.ended().isBefore(time);
    }

    /** @return false if the task still runs after that time */
    boolean await(Duration time) throws InterruptedException {
        return done.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Without effect while it runs. */
    void throwFailure() throws RedfishException {
        Optional<RedfishException> failure = isRunning() ? Optional.empty() : result.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    ObjectNode toJson(RedfishRequest request) {
        ObjectNode json = RedfishJson.newResource(request.link(RedfishPaths.TASKS + "/" + id), "Task.v1_4_3.Task", id, name)
                .put("StartTime", RedfishJson.formatTime(started)).put("TaskMonitor", request.link(RedfishPaths.TASK_MONITORS + "/" + id));
        Result ended = isRunning() ? null : result;
        boolean failed = ended != null && ended.failure().isPresent();
        json.put("TaskState", ended == null ? "Running" : failed ? "Exception" : "Completed").put("TaskStatus", failed ? "Critical" : "OK");
        if (ended != null) {
            json.put("EndTime", RedfishJson.formatTime(ended.ended()));
        }
        int known = ended != null && !failed ? 100 : percent;
        if (known >= 0) {
            json.put("PercentComplete", known);
        }
        var messages = json.putArray("Messages");
        if (failed) {
            messages.add(ended.failure().get().error().toMessage());
        }
        return json;
    }
}
