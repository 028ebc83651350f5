package org.catseye.hid.gadget;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;

/**
 * The driver at the end of a pipe, for the rig: each line of standard input is a command, each is answered by one line, and what
 * the driver says by itself comes as lines beginning with an exclamation mark. Primes a target that listens again as the hub
 * does: everything up, then what is held.
 */
public final class RigDriver implements HidFeedback {

    private final PrintStream out = System.out;
    private final ExecutorService priming = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "priming");
        thread.setDaemon(true);
        return thread;
    });
    private HidGadget gadget;
    /** Under this monitor, as everything that goes to the driver: the hub calls one method at a time, too. */
    private KeyboardReport held = KeyboardReport.UP;

    public static void main(String[] arguments) throws IOException {
        RigDriver driver = new RigDriver();
        driver.use(arguments);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            driver.answer(line.split(" "));
        }
        driver.gadget.detach();
    }

    private synchronized void use(String[] settings) {
        Map<String, Object> changes = new HashMap<>();
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            changes.put(pair[0], pair[1]);
        }
        gadget = new HidGadget(changes, Places.LINUX);
        gadget.attach(this);
    }

    private void answer(String[] words) {
        long start = System.nanoTime();
        try {
            String result = run(words);
            print("ok " + (System.nanoTime() - start) / 1000 + " " + result);
        } catch (IOException | RuntimeException e) {
            print("error " + (System.nanoTime() - start) / 1000 + " " + e.getMessage());
        }
    }

    private String run(String[] words) throws IOException {
        switch (words[0]) {
            case "keys" -> keys(Integer.decode(words[1]), words.length > 2 ? words[2] : "");
            case "pointer" -> pointer(numbers(words));
            case "motion" -> motion(numbers(words));
            case "consumer" -> media(Integer.decode(words[1]));
            case "check" -> {
                return gadget.checkItems().toString();
            }
            case "act" -> gadget.performAction(words[1]);
            case "use" -> {
                gadget.detach();
                use(Arrays.copyOfRange(words, 1, words.length));
            }
            case "bench" -> {
                return bench(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            }
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        }
        return "";
    }

    private synchronized void keys(int modifiers, String list) throws IOException {
        List<Integer> keys = new ArrayList<>();
        for (String key : list.split(",")) {
            if (!key.isEmpty()) {
                keys.add(Integer.decode(key));
            }
        }
        held = new KeyboardReport(modifiers, keys);
        gadget.sendKeyboard(held);
    }

    private synchronized void pointer(int[] n) throws IOException {
        gadget.sendPointer(new PointerReport(n[0], n[1], n[2], n[3], n[4]));
    }

    private synchronized void motion(int[] n) throws IOException {
        gadget.sendMotion(new MotionReport(n[0], n[1], n[2], n[3], n[4]));
    }

    private synchronized void media(int usage) throws IOException {
        gadget.sendConsumerUsage(usage);
    }

    /** Presses and releases one key, with a pause after each report, and says how long the calls took. */
    private synchronized String bench(int reports, int pauseMillis) throws IOException {
        KeyboardReport[] both = {new KeyboardReport(0, List.of(4)), KeyboardReport.UP};
        for (int i = 0; i < reports / 5 * 2; i++) {
            pressed(both[i % 2], pauseMillis);
        }
        long[] nanos = new long[reports];
        for (int i = 0; i < reports; i++) {
            nanos[i] = pressed(both[i % 2], pauseMillis);
        }
        Arrays.sort(nanos);
        return String.format("write us p50 %.1f p99 %.1f max %.1f", nanos[reports / 2] / 1e3, nanos[reports * 99 / 100] / 1e3,
                nanos[reports - 1] / 1e3);
    }

    private long pressed(KeyboardReport report, int pauseMillis) throws IOException {
        long start = System.nanoTime();
        gadget.sendKeyboard(report);
        long took = System.nanoTime() - start;
        java.util.concurrent.locks.LockSupport.parkNanos(pauseMillis * 1_000_000L);
        return took;
    }

    private static int[] numbers(String[] words) {
        return Arrays.stream(words).skip(1).mapToInt(Integer::decode).toArray();
    }

    @Override
    public void reportReady(String reason) {
        print("! ready " + reason);
        priming.execute(this::prime);
    }

    private synchronized void prime() {
        try {
            gadget.sendKeyboard(KeyboardReport.UP);
            gadget.sendKeyboard(held);
            print("! primed");
        } catch (IOException e) {
            print("! not primed: " + e.getMessage());
        }
    }

    @Override
    public void reportOffline(String reason) {
        print("! offline " + reason);
    }

    @Override
    public void reportLeds(Leds leds) {
        print("! leds " + (leds.known() ? (leds.numLock() ? "num " : "") + (leds.capsLock() ? "caps " : "")
                + (leds.scrollLock() ? "scroll " : "") : "unknown"));
    }


    private void print(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
