package org.catseye.core.access;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catseye.access.Audit;

/** Keeps in memory what is put on record: {@code action user address {details}}. */
final class FakeAudit implements Audit {

    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void record(String action, String user, String address, Map<String, String> details) {
        lines.add(action + " " + user + " " + address + " " + new TreeMap<>(details));
    }

    @Override
    public List<Entry> newest(int most) {
        throw new UnsupportedOperationException("nobody here reads it");
    }

    List<String> actions() {
        return lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }
}
