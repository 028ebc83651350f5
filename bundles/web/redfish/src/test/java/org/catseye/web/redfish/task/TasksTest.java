package org.catseye.web.redfish.task;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.catseye.access.Session;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.redfish.Service;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.route.RedfishRequest;
import org.junit.After;
import org.junit.Test;

public class TasksTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private Instant now = Instant.EPOCH;
    private final Tasks tasks = new Tasks(() -> now, Duration.ofMillis(1));
    private final CountDownLatch release = new CountDownLatch(1);
    private final Service service = new Service().add(new TaskServlet(tasks));

    @After
    public void stop() {
        tasks.stop();
    }

    private FakeExchange answer(Task task) throws Exception {
        FakeExchange exchange = service.exchange("POST", "/redfish/v1/Systems/bay1/Actions/X");
        tasks.answerWhenDone(new RedfishRequest(exchange.request(), exchange.response(), Map.of()), task);
        return exchange;
    }

    @Test
    public void aLongTaskIsFollowedByItsMonitor() throws Exception {
        Task task = tasks.start("Insertion", "ann", self -> {
            self.reportPercent(30);
            release.await();
        });
        FakeExchange accepted = answer(task);
        assertEquals(202, accepted.status());
        String monitor = accepted.sent("Location");
        assertEquals("Running", new ObjectMapper().readTree(accepted.text()).get("TaskState").asText());
        FakeExchange running = service.ask("GET", monitor, "");
        assertEquals("202 2", running.status() + " " + running.sent("Retry-After"));
        JsonNode listed = service.get("/redfish/v1/TaskService/Tasks");
        assertEquals(1, listed.get("Members@odata.count").asInt());
        release.countDown();
        assertTrue(task.await(LONG));
        FakeExchange done = service.ask("GET", monitor, "");
        assertEquals("204 ", done.status() + " " + done.text());
        JsonNode ended = service.get(listed.at("/Members/0/@odata.id").asText());
        assertEquals("Completed OK 100", ended.get("TaskState").asText() + " " + ended.get("TaskStatus").asText() + " " + ended.get("PercentComplete").asInt());
    }

    @Test
    public void aFailureIsTheAnswerOfTheMonitorAndInTheTask() throws Exception {
        Task task = tasks.start("Insertion", "ann", self -> {
            release.await();
            throw RedfishException.ofMessage(502, "The image could not be fetched.");
        });
        String monitor = answer(task).sent("Location");
        release.countDown();
        assertTrue(task.await(LONG));
        assertEquals("502 GeneralError", Service.describeError(service.ask("GET", monitor, "")));
        JsonNode ended = service.get(monitor.replace("TaskMonitors", "Tasks"));
        assertEquals("Exception Critical The image could not be fetched.", ended.get("TaskState").asText() + " " + ended.get("TaskStatus").asText() + " "
                + ended.at("/Messages/0/Message").asText());
    }

    @Test
    public void aTaskBelongsToItsUser() throws Exception {
        Task task = tasks.start("Insertion", "bob", self -> release.await());
        String monitor = answer(task).sent("Location");
        assertEquals("404 ResourceMissingAtURI", Service.describeError(service.ask("GET", monitor, "")));
        assertEquals(0, service.get("/redfish/v1/TaskService/Tasks").get("Members@odata.count").asInt());
        Session bob = service.access.open("b", "bob");
        assertEquals(202, service.ask(new FakeExchange("GET", monitor).attribute(WebContext.SESSION, bob)).status());
    }

    @Test
    public void onlySomeTasksRunAtATime() throws Exception {
        for (int i = 0; i < Tasks.MAX_RUNNING; i++) {
            tasks.start("Insertion", "ann", self -> release.await());
        }
        assertEquals(503, assertThrows(RedfishException.class, () -> tasks.start("Insertion", "ann", self -> { })).status());
    }

    @Test
    public void anEndedTaskIsForgottenAfterAnHour() throws Exception {
        Task task = tasks.start("Insertion", "ann", self -> { });
        assertTrue(task.await(LONG));
        now = now.plus(Duration.ofMinutes(61));
        tasks.start("Insertion", "bob", self -> { });
        assertEquals(List.of(), tasks.listTasks("ann"));
    }

    @Test
    public void aDefectEndsTheTask() throws Exception {
        Task task = tasks.start("Insertion", "ann", self -> {
            throw new IllegalStateException("a secret");
        });
        assertTrue(task.await(LONG));
        assertEquals(500, assertThrows(RedfishException.class, task::throwFailure).status());
    }
}
