package org.catseye.hid.gadget;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.catseye.hid.Leds;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.hid.gadget.drives.DriveService;
import org.catseye.hid.gadget.udc.SystemPaths;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.media.spi.DriveReading;
import org.catseye.media.spi.MediaDrive;
import org.catseye.media.spi.Medium;

/**
 * Runs the driver over a pipe, for the rig: each line of standard input is a command with one line as its answer. Notifications of
 * the driver are lines that begin with an exclamation mark. When the remote computer accepts input again, the rig does what the hub
 * does: it sends a report with all keys released, then the keys that are held.
 */
public final class RigDriver implements HidFeedback {

    private final PrintStream out = System.out;
    private final ExecutorService priming = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "priming");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, DriveService> drives = new HashMap<>();
    private HidGadget gadget;
    /** Guarded by this monitor, like all calls to the driver, because the hub also makes one call at a time. */
    private KeyboardReport held = KeyboardReport.UP;

    public static void main(String[] arguments) throws IOException {
        RigDriver driver = new RigDriver();
        driver.attachDriver(arguments);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            driver.answerCommand(line.split(" "));
        }
        driver.gadget.detach();
    }

    private synchronized void attachDriver(String[] settings) {
        Map<String, Object> changes = new HashMap<>();
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            changes.put(pair[0], pair[1]);
        }
        gadget = new HidGadget(changes, SystemPaths.LINUX);
        for (Drive drive : Drive.values()) {
            drives.computeIfAbsent(drive.driveName(), name -> new DriveService(SystemPaths.LINUX.gadgetRoot().resolve("catseye"),
                    DriveSet.BOTH, drive, "usb-drive-" + name));
        }
        gadget.attach(this);
    }

    private void answerCommand(String[] words) {
        long start = System.nanoTime();
        try {
            String result = runCommand(words);
            printLine("ok " + (System.nanoTime() - start) / 1000 + " " + result);
        } catch (IOException | RuntimeException e) {
            printLine("error " + (System.nanoTime() - start) / 1000 + " " + e.getMessage());
        }
    }

    private String runCommand(String[] words) throws IOException {
        switch (words[0]) {
            case "keys" -> sendKeys(Integer.decode(words[1]), words.length > 2 ? words[2] : "");
            case "pointer" -> sendPointer(parseNumbers(words));
            case "motion" -> sendMotion(parseNumbers(words));
            case "consumer" -> sendMediaKey(Integer.decode(words[1]));
            case "system" -> sendPowerKey(Integer.decode(words[1]));
            case "drive", "insert", "eject" -> {
                return useDrive(words);
            }
            case "check" -> {
                return gadget.checkItems().toString();
            }
            case "act" -> gadget.performAction(words[1]);
            case "use" -> {
                gadget.detach();
                attachDriver(Arrays.copyOfRange(words, 1, words.length));
            }
            case "bench" -> {
                return measureReports(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            }
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        }
        return "";
    }

    private synchronized void sendKeys(int modifiers, String list) throws IOException {
        List<Integer> keys = new ArrayList<>();
        for (String key : list.split(",")) {
            if (!key.isEmpty()) {
                keys.add(Integer.decode(key));
            }
        }
        held = new KeyboardReport(modifiers, keys);
        gadget.sendKeyboard(held);
    }

    private synchronized void sendPointer(int[] n) throws IOException {
        gadget.sendPointer(new PointerReport(n[0], n[1], n[2], n[3], n[4]));
    }

    private synchronized void sendMotion(int[] n) throws IOException {
        gadget.sendMotion(new MotionReport(n[0], n[1], n[2], n[3], n[4]));
    }

    private synchronized void sendMediaKey(int usage) throws IOException {
        gadget.sendConsumerUsage(usage);
    }

    private synchronized void sendPowerKey(int usage) throws IOException {
        gadget.sendSystemUsage(usage);
    }

    /** {@code drive NAME}, {@code insert NAME PATH [rw]} or {@code eject NAME [force]}; answers what is in the drive then. */
    private String useDrive(String[] words) throws IOException {
        MediaDrive drive = drives.get(words[1]).drive();
        boolean option = words[words.length - 1].matches("rw|force");
        try {
            if (words[0].equals("insert")) {
                drive.insertMedium(new Medium(Path.of(words[2]), drive.supportedKinds().iterator().next(), !option));
            } else if (words[0].equals("eject")) {
                drive.ejectMedium(option);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        DriveReading reading = drive.readDrive();
        return reading.medium().map(medium -> medium.file() + (medium.readOnly() ? " ro" : " rw")).orElse("empty")
                + (reading.locked() ? " locked" : "");
    }

    /** Presses and releases one key, with a pause after each report, and measures the calls. */
    private synchronized String measureReports(int reports, int pauseMillis) throws IOException {
        KeyboardReport[] both = {new KeyboardReport(0, List.of(4)), KeyboardReport.UP};
        for (int i = 0; i < reports / 5 * 2; i++) {
            measureReport(both[i % 2], pauseMillis);
        }
        long[] nanos = new long[reports];
        for (int i = 0; i < reports; i++) {
            nanos[i] = measureReport(both[i % 2], pauseMillis);
        }
        Arrays.sort(nanos);
        return String.format("write us p50 %.1f p99 %.1f max %.1f", nanos[reports / 2] / 1e3, nanos[reports * 99 / 100] / 1e3,
                nanos[reports - 1] / 1e3);
    }

    private long measureReport(KeyboardReport report, int pauseMillis) throws IOException {
        long start = System.nanoTime();
        gadget.sendKeyboard(report);
        long took = System.nanoTime() - start;
        java.util.concurrent.locks.LockSupport.parkNanos(pauseMillis * 1_000_000L);
        return took;
    }

    private static int[] parseNumbers(String[] words) {
        return Arrays.stream(words).skip(1).mapToInt(Integer::decode).toArray();
    }

    @Override
    public void reportReady(String reason) {
        printLine("! ready " + reason);
        priming.execute(this::primeHost);
    }

    private synchronized void primeHost() {
        try {
            gadget.sendKeyboard(KeyboardReport.UP);
            gadget.sendKeyboard(held);
            printLine("! primed");
        } catch (IOException e) {
            printLine("! not primed: " + e.getMessage());
        }
    }

    @Override
    public void reportOffline(String reason) {
        printLine("! offline " + reason);
    }

    @Override
    public void reportLeds(Leds leds) {
        printLine("! leds " + (leds.known() ? (leds.numLock() ? "num " : "") + (leds.capsLock() ? "caps " : "")
                + (leds.scrollLock() ? "scroll " : "") : "unknown"));
    }

    private void printLine(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
