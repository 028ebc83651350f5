package org.catseye.testkit.linux;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What C compilers give for expressions on the headers of Linux: sizes, offsets and constants. Read from the table
 * {@code kernel-values.txt} beside a test class, which {@code bundles/test/arm/kernel-values} writes with gcc for each machine.
 */
public final class KernelValues {

    /** The machines of the table, in the order of its columns. */
    public enum Machine {
        AMD64, ARM64, ARMHF;

        /**
         * That of this JVM, which may be a 32-bit one on a 64-bit kernel.
         *
         * @throws UnsupportedOperationException if the table has no column for it
         */
        public static Machine current() {
            String architecture = System.getProperty("os.arch");
            return switch (architecture) {
                case "amd64" -> AMD64;
                case "aarch64" -> ARM64;
                case "arm" -> ARMHF;
                default -> throw new UnsupportedOperationException("no values for " + architecture + ", " + ByteOrder.nativeOrder());
            };
        }
    }

    private final Map<Machine, SortedMap<String, Long>> values = new EnumMap<>(Machine.class);

    private KernelValues() {
        for (Machine machine : Machine.values()) {
            values.put(machine, new TreeMap<>());
        }
    }

    /** The table beside {@code test}. Lines that start with {@code #} are no values; columns are separated by tabs. */
    public static KernelValues load(Class<?> test) throws IOException {
        KernelValues table = new KernelValues();
        try (InputStream in = test.getResourceAsStream("kernel-values.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).forEach(table::parseLine);
        }
        return table;
    }

    private void parseLine(String line) {
        String[] columns = line.split("\t");
        assertEquals("columns of: " + line, 1 + Machine.values().length, columns.length);
        for (Machine machine : Machine.values()) {
            values.get(machine).put(columns[0], Long.valueOf(columns[1 + machine.ordinal()]));
        }
    }

    /** Fails with all differences unless {@code used} has each expression of the table, with the compiler's value for the machine. */
    public void assertSame(Machine machine, Map<String, ? extends Number> used) {
        SortedMap<String, Long> actual = new TreeMap<>();
        used.forEach((expression, value) -> actual.put(expression, value.longValue()));
        assertEquals(String.valueOf(machine), join(values.get(machine)), join(actual));
    }

    private static String join(SortedMap<String, Long> entries) {
        StringBuilder lines = new StringBuilder();
        entries.forEach((expression, value) -> lines.append(expression).append(" = ").append(value).append('\n'));
        return lines.toString();
    }
}
