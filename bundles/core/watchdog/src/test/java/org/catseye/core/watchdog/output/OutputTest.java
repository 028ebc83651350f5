package org.catseye.core.watchdog.output;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.catseye.core.watchdog.fixture.FakeBundles;
import org.catseye.core.watchdog.fixture.PluginCode;
import org.catseye.core.watchdog.fixture.PluginLoader;
import org.catseye.core.watchdog.owner.BundleOwner;
import org.catseye.core.watchdog.owner.BundleOwners;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.admin.LoggerContext;

/** What plug-ins log and print. */
public class OutputTest {

    private static final int LIMIT = 10;
    private static final BundleOwner NOISY = new BundleOwner("com.noisy", true);
    private static final BundleOwner QUIET = new BundleOwner("com.quiet", true);
    private static final BundleOwner PRODUCT = new BundleOwner("org.catseye.core.video", false);

    private final FakeBundles bundles = new FakeBundles();
    private final BundleOwners owners = new BundleOwners(bundles.context());
    private final Consumer<Runnable> noisy = PluginLoader.load(bundles.add(1, NOISY.name(), "drop:noisy", Bundle.ACTIVE, PluginCode.class.getPackageName()));
    private final Consumer<Runnable> quiet = PluginLoader.load(bundles.add(2, QUIET.name(), "drop:quiet", Bundle.ACTIVE));
    private final Consumer<Runnable> product = PluginLoader.load(bundles.add(3, PRODUCT.name(), "mvn:video", Bundle.ACTIVE));
    private final PrintStream formerOut = System.out;
    private final PrintStream formerErr = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private long now = 5;
    private String forwarded;
    private final Set<String> silenced = new TreeSet<>();
    private final OutputCounts counts = new OutputCounts(() -> now, LIMIT);
    private final LogFilter filter = new LogFilter(owners, counts, silenced::add, () -> forwarded);

    @Before
    public void readBundles() {
        owners.setPluginLocations(location -> location.startsWith("drop:"));
        owners.readBundles();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
    }

    @After
    public void restoreStreams() {
        System.setOut(formerOut);
        System.setErr(formerErr);
    }

    private boolean log(Throwable thrown) {
        LogRecord line = new LogRecord(Level.INFO, "a line");
        line.setThrown(thrown);
        return filter.isLoggable(line);
    }

    private boolean logFrom(Consumer<Runnable> bundle) {
        AtomicBoolean passed = new AtomicBoolean();
        bundle.accept(() -> passed.set(log(null)));
        return passed.get();
    }

    @Test
    public void linesBeyondTheLimitAreDroppedAndCountedForTheirPluginOnly() {
        for (int i = 0; i < LIMIT; i++) {
            assertTrue(logFrom(noisy));
        }
        assertFalse(logFrom(noisy));
        assertTrue("another plug-in has its own limit", logFrom(quiet));
        for (int i = 0; i < 3 * LIMIT; i++) {
            assertTrue("Catseye has none", logFrom(product));
        }
        assertEquals(new OutputTotals(LIMIT + 1, 1, 0, 0, 0), counts.readTotals(NOISY));
        assertEquals(new OutputTotals(1, 0, 0, 0, 0), counts.readTotals(QUIET));
        assertEquals(3 * LIMIT, counts.readTotals(PRODUCT).logLines());
        now += TimeUnit.MINUTES.toNanos(1);
        assertTrue("a minute later", logFrom(noisy));
    }

    @Test
    public void aNewLimitTakesEffectAtOnce() {
        for (int i = 0; i < LIMIT; i++) {
            logFrom(noisy);
        }
        assertFalse(logFrom(noisy));
        counts.setLinesPerMinute(2 * LIMIT);
        assertTrue(logFrom(noisy));
    }

    @Test
    public void anExceptionIsOfThePluginThatThrewItWhoeverLogsIt() {
        Exception[] thrown = new Exception[1];
        noisy.accept(() -> thrown[0] = new IllegalStateException("of the plug-in"));
        assertTrue(log(new RuntimeException("a wrapper", thrown[0])));
        assertEquals(new OutputTotals(1, 0, 0, 0, 1), counts.readTotals(NOISY));
        assertTrue(log(new RuntimeException("of Java")));
        assertEquals(1, counts.readTotals(NOISY).exceptions());
    }

    @Test
    public void anExceptionWithCodeThatFailsDoesNoHarm() {
        Exception bad = new Exception("bad") {
            @Override
            public StackTraceElement[] getStackTrace() {
                throw new IllegalStateException("of the plug-in");
            }
        };
        assertTrue(log(bad));
    }

    @Test
    public void aLineOfTheLogOfOsgiHasTheNameOfItsBundle() {
        forwarded = NOISY.name();
        log(null);
        assertEquals(1, counts.readTotals(NOISY).logLines());
        logFrom(quiet);
        assertEquals("what is on the stack counts first", 1, counts.readTotals(QUIET).logLines());
        forwarded = PRODUCT.name();
        log(null);
        assertEquals(1, counts.readTotals(NOISY).logLines());
    }

    @Test
    public void onlyAPluginThatFloodsTheLogOfOsgiIsSilencedThere() {
        for (int i = 0; i < 2 * LIMIT; i++) {
            logFrom(noisy);
        }
        assertEquals("not in its own calls", Set.of(), silenced);
        forwarded = QUIET.name();
        for (int i = 0; i < LIMIT; i++) {
            assertTrue(log(null));
        }
        assertEquals(Set.of(), silenced);
        assertFalse(log(null));
        assertEquals(Set.of(QUIET.name()), silenced);
    }

    @Test
    @SuppressWarnings("unchecked")
    public void aSilencedPluginGetsItsLevelsBack() {
        Map<String, LogLevel> levels = new HashMap<>(Map.of("com.noisy.Part", LogLevel.DEBUG));
        LoggerContext context = (LoggerContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {LoggerContext.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("setLogLevels")) {
                levels.clear();
                levels.putAll((Map<String, LogLevel>) arguments[0]);
                return null;
            }
            return new HashMap<>(levels);
        });
        OsgiLogSilence silence = new OsgiLogSilence(() -> Optional.of(name -> context), () -> now);
        silence.silence(NOISY.name());
        silence.silence(NOISY.name());
        assertEquals(Map.of("ROOT", LogLevel.AUDIT), levels);
        now += OsgiLogSilence.SILENT_NANOS - 1;
        silence.restoreOverdue();
        assertEquals(Map.of("ROOT", LogLevel.AUDIT), levels);
        now++;
        silence.restoreOverdue();
        assertEquals(Map.of("com.noisy.Part", LogLevel.DEBUG), levels);
        silence.silence(NOISY.name());
        silence.restoreAll();
        assertEquals(Map.of("com.noisy.Part", LogLevel.DEBUG), levels);
    }

    @Test
    public void theFilterIsOnlyWhereNoOtherOneIs() {
        Handler[] handlers = Logger.getLogger("").getHandlers();
        assertTrue("there is one", handlers.length > 0);
        filter.install();
        assertSame(filter, handlers[0].getFilter());
        new LogFilter(owners, counts, silenced::add).install();
        assertSame(filter, handlers[0].getFilter());
        filter.remove();
        assertNull(handlers[0].getFilter());
    }

    @Test
    public void printedLinesBeyondTheLimitAreDropped() {
        PrintStream before = System.out;
        PrintedOutput output = new PrintedOutput(owners, counts, thread -> Optional.empty());
        output.install();
        for (int i = 0; i < 3 * LIMIT; i++) {
            noisy.accept(() -> System.out.println("noise"));
            noisy.accept(() -> System.err.println("noise"));
        }
        quiet.accept(() -> System.out.println("quiet"));
        quiet.accept(() -> System.out.print("x".repeat(3 * PrintedOutput.BYTES_PER_LINE)));
        product.accept(() -> System.out.println("product"));
        System.out.println("of nobody");
        output.remove();
        assertSame(before, System.out);
        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(LIMIT, text.lines().filter("noise"::equals).count());
        assertTrue(text, text.contains("quiet") && text.contains("product") && text.contains("of nobody"));
        assertEquals(new OutputTotals(0, 0, 6 * LIMIT, 5 * LIMIT, 0), counts.readTotals(NOISY));
        assertEquals("long ones count as several", 4, counts.readTotals(QUIET).printedLines());
    }

    @Test
    public void aThreadThatRunsNoCodeOfItsPluginIsRecognizedByTheSampler() {
        long own = Thread.currentThread().getId();
        PrintedOutput output = new PrintedOutput(owners, counts, thread -> thread == own ? Optional.of(NOISY) : Optional.empty());
        output.install();
        System.err.println("Exception in thread");
        output.remove();
        assertEquals(1, counts.readTotals(NOISY).printedLines());
    }

    @Test
    public void aStreamThatSomeoneElseHasSetStays() {
        PrintedOutput output = new PrintedOutput(owners, counts, thread -> Optional.empty());
        output.install();
        PrintStream other = new PrintStream(new ByteArrayOutputStream());
        System.setOut(other);
        output.remove();
        assertSame(other, System.out);
    }
}
