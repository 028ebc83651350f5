package org.catseye.core.deploy.plugin;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import org.catseye.testkit.FakeAudit;
import org.junit.Test;

public class AuditQueueTest {

    private final AuditQueue queue = new AuditQueue();
    private final FakeAudit first = new FakeAudit();
    private final FakeAudit second = new FakeAudit();

    private void record(String action) {
        queue.record(action, "ann", "192.0.2.1", Map.of());
    }

    @Test
    public void linesWaitWhileTheAuditLogIsReplaced() {
        record("a");
        queue.open(first);
        record("b");
        queue.close(first);
        record("c");
        queue.open(second);
        queue.close(first);
        record("d");
        assertEquals(List.of("a", "b"), first.actions());
        assertEquals(List.of("c", "d"), second.actions());
    }

    @Test
    public void aLimitedNumberOfLinesWaits() {
        for (int i = 0; i <= AuditQueue.MAX_LINES; i++) {
            record("a");
        }
        queue.open(first);
        assertEquals(AuditQueue.MAX_LINES, first.lines().size());
    }
}
