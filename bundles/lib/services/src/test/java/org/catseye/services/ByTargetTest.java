package org.catseye.services;

import static org.catseye.services.Properties.forTarget;
import static org.catseye.services.Properties.withRanking;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.catseye.config.BadValueException;
import org.catseye.targets.Target;
import org.junit.Test;
import org.osgi.framework.Constants;

public class ByTargetTest {

    private final List<String> changes = new ArrayList<>();
    private final ByTarget<String> services = new ByTarget<>(changes::add);
    private final ByTarget<String> quiet = new ByTarget<>();

    @Test
    public void eachTargetHasItsOwnBest() {
        services.add(forTarget("bay1", 1, 0), "one");
        services.add(forTarget("bay2", 2, 5), "two");
        services.add(forTarget("bay1", 3, 1), "better");
        assertEquals(Optional.of("better"), services.findBest("bay1"));
        assertEquals(Optional.of("two"), services.findBest("bay2"));
        assertEquals(Optional.empty(), services.findBest("bay3"));
        assertEquals(Set.of("bay1", "bay2"), services.listTargets());
        assertEquals(List.of("better", "one"), services.listServices("bay1").stream().map(BoundService::service).toList());
        assertEquals(List.of("bay1", "bay2", "bay1"), changes);
    }

    @Test
    public void aServiceThatNamesNoTargetBelongsToTheDefaultOne() {
        services.add(withRanking(1, 0), "it");
        assertEquals(Optional.of("it"), services.findBest(Target.DEFAULT));
        assertEquals(List.of(Target.DEFAULT), changes);
    }

    @Test
    public void theListenerReadsTheNewState() {
        List<Optional<String>> seen = new ArrayList<>();
        AtomicReference<ByTarget<String>> self = new AtomicReference<>();
        self.set(new ByTarget<>(target -> seen.add(self.get().findBest(target))));
        self.get().add(forTarget("bay1", 1, 0), "worse");
        self.get().add(forTarget("bay1", 2, 1), "better");
        self.get().remove(forTarget("bay1", 1, 0));
        self.get().remove(forTarget("bay1", 2, 1));
        assertEquals(List.of(Optional.of("worse"), Optional.of("better"), Optional.of("better"), Optional.empty()), seen);
    }

    @Test
    public void modifiedPropertiesMoveAServiceToItsNewTarget() {
        services.add(forTarget("bay1", 1, 0), "it");
        services.add(forTarget("bay2", 1, 3), "it");
        assertEquals(Optional.empty(), services.findBest("bay1"));
        assertEquals(Optional.of("it"), services.findBest("bay2"));
        assertEquals(List.of("bay1", "bay1", "bay2"), changes);
        services.remove(forTarget("bay1", 1, 0));
        assertEquals("the old properties find it all the same", Set.of(), services.listTargets());
    }

    @Test
    public void removingWhatIsNotPresentChangesNothingAndIsNotReported() {
        services.add(forTarget("bay1", 1, 0), "it");
        changes.clear();
        services.remove(forTarget("bay1", 2, 0));
        assertEquals(Optional.of("it"), services.findBest("bay1"));
        assertEquals(List.of(), changes);
    }

    @Test
    public void anInvalidTargetIdIsReportedAndTheServiceBelongsToNoTarget() {
        for (Object id : new Object[] {"bay 2", " bay2", "", "bay 1)(x=*", new String[] {"bay2"}, 7}) {
            changes.clear();
            Map<String, Object> properties = forTarget(id, 1, 0);
            properties.put(Constants.SERVICE_PID, "org.example.stick");
            Optional<BadValueException> mistake = services.add(properties, "it");
            assertTrue(mistake.get().getMessage(), mistake.get().getMessage().startsWith("org.example.stick: kvm.target is '"));
            assertEquals(mistake.stream().toList(), services.listMistakes());
            assertEquals(Set.of(), services.listTargets());
            assertEquals("shown where its picture is missed", List.of(Target.DEFAULT), changes);
            assertEquals(Optional.empty(), services.add(forTarget("bay2", 1, 0), "it"));
            assertEquals("corrected", List.of(), services.listMistakes());
            services.add(properties, "it");
            services.remove(properties);
            assertEquals(List.of(), services.listMistakes());
            assertEquals(Set.of(), services.listTargets());
        }
    }

    @Test
    public void severalMistakesAreListedOldestFirstUnderTheNameThereIs() {
        Map<String, Object> labelled = forTarget("?", 9, 0);
        labelled.put(Target.LABEL, "Bench stick");
        Map<String, Object> several = forTarget("!", 3, 0);
        several.put(Constants.SERVICE_PID, new String[] {"first.pid", "second.pid"});
        services.add(labelled, "young");
        services.add(forTarget("#", 5, 0), "unnamed");
        services.add(several, "old");
        assertEquals(List.of("first.pid: kvm.target is '!'", "service 5: kvm.target is '#'", "Bench stick: kvm.target is '?'"),
            services.listMistakes().stream().map(mistake -> mistake.getMessage().split(";")[0]).toList());
    }

    @Test
    public void bindsAndUnbindsOfSeveralThreadsLeaveNothing() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 4).mapToObj(n -> new Thread(() -> bindAndUnbind(n))).toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(10_000);
        }
        assertEquals(Set.of(), quiet.listTargets());
        assertEquals(List.of(), quiet.listMistakes());
    }

    private void bindAndUnbind(int thread) {
        for (int i = 0; i < 2_000; i++) {
            long id = thread * 10L + i % 3;
            quiet.add(forTarget(i % 5 == 0 ? "b a d" : "bay" + i % 2, id, i % 7), "service " + id);
            quiet.add(forTarget("bay" + (i + 1) % 2, id, 0), "service " + id);
            quiet.remove(withRanking(id, 0));
        }
    }
}
