package org.catseye.board.health.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.board.BoardFigure;
import org.catseye.files.KernelFiles;

/**
 * What everyone may read about USB errors: how often a hub switched a port off because of its current, and how often a capture stick disconnected.
 * Linux has no counter of transfer errors without root; they are only in the kernel log.
 */
public final class UsbSource implements HealthSource {

    private static final String DEVICES = "sys/bus/usb/devices";
    /** The interface class of cameras, in bInterfaceClass. */
    private static final String VIDEO = "0e";
    private static final int MANY_RECONNECTS = 3;
    private static final long WINDOW_NANOS = Duration.ofMinutes(10).toNanos();

    private final KernelFiles files;
    private final LongSupplier nanoTime;
    /** The kernel gives a device that is connected again another number. By port. */
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<String, Deque<Long>> reconnects = new HashMap<>();
    private long allReconnects;

    public UsbSource(KernelFiles files, LongSupplier nanoTime) {
        this.files = files;
        this.nanoTime = nanoTime;
    }

    @Override
    public String subject() {
        return "USB";
    }

    @Override
    public Optional<Reading> readNow() {
        List<String> interfaces = files.listNames(DEVICES, "*:*");
        if (interfaces.isEmpty()) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>();
        long overCurrents = countOverCurrents(interfaces);
        if (overCurrents > 0) {
            findings.add(new Finding("usb-over-current", Severity.WARNING, "A USB port was switched off because of too much current, "
                    + (overCurrents == 1 ? "once" : overCurrents + " times") + " since the board started.",
                    "Connect devices that need much power through a powered USB hub, and replace a damaged device or cable.",
                    Map.of("count", Long.toString(overCurrents))));
        }
        interfaces.forEach(this::noteNumber);
        findUnsteadyPort().ifPresent(port -> findings.add(new Finding("usb-reconnects", Severity.WARNING,
                "The capture stick on USB port " + port + " keeps disconnecting.",
                "Use another cable or port, connect the stick without a hub, and check the power supply.", Map.of("port", port))));
        return Optional.of(new Reading("No port was overloaded, and no capture stick keeps disconnecting. Transfer errors are only in the kernel log.",
                findings, List.of(new BoardFigure("usb_over_currents", "How often USB ports were switched off since the board started.", overCurrents),
                new BoardFigure("usb_reconnects", "How often capture sticks were connected again since Catseye started.", allReconnects))));
    }

    /** The interfaces of hubs contain a folder for each port. */
    private long countOverCurrents(List<String> interfaces) {
        long sum = 0;
        for (String hub : interfaces) {
            for (String port : files.listNames(DEVICES + "/" + hub, "*-port*")) {
                sum += files.readNumber(DEVICES + "/" + hub + "/" + port + "/over_current_count").orElse(0);
            }
        }
        return sum;
    }

    private void noteNumber(String usbInterface) {
        if (files.readText(DEVICES + "/" + usbInterface + "/bInterfaceClass").filter(VIDEO::equals).isEmpty()) {
            return;
        }
        String port = usbInterface.substring(0, usbInterface.indexOf(':'));
        OptionalLong number = files.readNumber(DEVICES + "/" + port + "/devnum");
        if (number.isPresent()) {
            Long previous = numbers.put(port, number.getAsLong());
            if (previous != null && previous != number.getAsLong()) {
                reconnects.computeIfAbsent(port, name -> new ArrayDeque<>()).addLast(nanoTime.getAsLong());
                allReconnects++;
            }
        }
    }

    private Optional<String> findUnsteadyPort() {
        long now = nanoTime.getAsLong();
        for (Deque<Long> times : reconnects.values()) {
            times.removeIf(time -> now - time > WINDOW_NANOS);
        }
        return reconnects.entrySet().stream().filter(entry -> entry.getValue().size() >= MANY_RECONNECTS).map(Map.Entry::getKey).sorted().findFirst();
    }
}
