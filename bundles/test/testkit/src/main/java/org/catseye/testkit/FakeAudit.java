package org.catseye.testkit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catseye.access.Audit;

/** Keeps the audit log in memory: {@code action user address {details}}. Thread-safe. */
public final class FakeAudit implements Audit {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void record(String action, String user, String address, Map<String, String> details) {
        lines.add(action + " " + user + " " + address + " " + new TreeMap<>(details));
    }

    @Override
    public List<Entry> newest(int most) {
        throw new UnsupportedOperationException("no test reads it this way");
    }

    /** All lines, oldest first. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The first word of each line. */
    public List<String> actions() {
        return lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }
}
