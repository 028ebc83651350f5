package org.catseye.board.health.source;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.board.BoardFigure;
import org.catseye.board.health.FakeBoard;
import org.catseye.files.KernelFiles;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Each source on the files of the boards that it knows, and on those of none. */
public class SourcesTest {

    private static final Path HOME = Path.of("/var/lib/catseye");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private FakeBoard board;

    @Before
    public void createBoard() {
        board = new FakeBoard(folder.getRoot().toPath());
    }

    private static List<HealthSource> fileSources(KernelFiles files) {
        return List.of(new SupplySource(files), new TemperatureSource(files, 80), new ThrottlingSource(files), new FileSystemSource(files, HOME),
                new MemorySource(files), new LoadSource(files), new ClockSource(files, CLOCK), new UsbSource(files, System::nanoTime));
    }

    private static List<String> ids(HealthSource source) {
        return source.readNow().orElseThrow().findings().stream().map(Finding::id).toList();
    }

    private static double figure(HealthSource source, String name) {
        return source.readNow().orElseThrow().figures().stream().filter(figure -> figure.name().equals(name)).mapToDouble(BoardFigure::value).findFirst().orElseThrow();
    }

    @Test
    public void anUnknownBoardIsNotASickBoard() {
        for (HealthSource source : fileSources(board.files())) {
            assertEquals(source.subject(), Optional.empty(), source.readNow());
        }
        board.write("proc/meminfo", "no numbers").write("proc/loadavg", "none").write("sys/class/thermal/thermal_zone0/temp", "hot")
                .write("sys/devices/platform/soc/soc:firmware/get_throttled", "no").write("proc/self/mountinfo", "nothing").write("sys/class/hwmon/hwmon0/name", "rpi_volt");
        for (HealthSource source : fileSources(board.files())) {
            assertEquals(source.subject(), Optional.empty(), source.readNow());
        }
    }

    @Test
    public void healthyBoardsHaveNoFindings() throws Exception {
        List<Function<FakeBoard, FakeBoard>> boards = List.of(FakeBoard::pi3, FakeBoard::pi4, FakeBoard::pi5, FakeBoard::piZero2, FakeBoard::mainlinePi4);
        for (Function<FakeBoard, FakeBoard> kind : boards) {
            KernelFiles files = kind.apply(new FakeBoard(folder.newFolder().toPath())).files();
            for (HealthSource source : fileSources(files)) {
                source.readNow().ifPresent(reading -> {
                    assertEquals(source.subject(), List.of(), reading.findings());
                    assertFalse(source.subject(), reading.summary().isEmpty());
                });
            }
            assertTrue("supply and temperature are read", Stream.of(new SupplySource(files), new TemperatureSource(files, 80)).allMatch(source -> source.readNow().isPresent()));
            assertEquals(48.312, figure(new TemperatureSource(files, 80), "temperature_celsius"), 0.001);
        }
    }

    @Test
    public void underVoltageComesFromTheSensorOfEachRaspberryPi() throws Exception {
        for (Function<FakeBoard, FakeBoard> kind : List.<Function<FakeBoard, FakeBoard>>of(FakeBoard::pi3, FakeBoard::pi4, FakeBoard::pi5, FakeBoard::piZero2, FakeBoard::mainlinePi4)) {
            FakeBoard pi = kind.apply(new FakeBoard(folder.newFolder().toPath()));
            SupplySource source = new SupplySource(pi.files());
            assertEquals(List.of(), ids(source));
            pi.alarm(true);
            assertEquals(List.of("under-voltage"), ids(source));
            Finding finding = source.readNow().orElseThrow().findings().get(0);
            assertEquals(Severity.CRITICAL, finding.severity());
            assertEquals("Under-voltage since {since}: the power supply is too weak.", finding.description());
            pi.alarm(false);
            assertEquals("the sensor's driver makes the firmware forget it", List.of("under-voltage-earlier"), ids(source));
        }
    }

    @Test
    public void underVoltageComesFromTheFirmwareWithoutASensor() {
        SupplySource source = new SupplySource(board.flags("0x50005").files());
        assertEquals(List.of("under-voltage"), ids(source));
        assertEquals("bit 16", List.of("under-voltage-earlier"), ids(new SupplySource(board.flags("50000").files())));
        assertEquals("other bits", List.of(), ids(new SupplySource(board.flags("0xe000e").files())));
    }

    @Test
    public void theFirmwareMayBeOnABusOfAnotherName() {
        board.write("sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", "0x1");
        assertEquals(List.of("under-voltage"), ids(new SupplySource(board.files())));
    }

    @Test
    public void throttlingHasADescriptionForEachBit() {
        board.pi4();
        ThrottlingSource source = new ThrottlingSource(board.files());
        assertEquals(List.of(), ids(source));
        assertEquals(List.of("frequency-capped"), ids(new ThrottlingSource(board.flags("0x2").files())));
        assertEquals(List.of("throttled"), ids(new ThrottlingSource(board.flags("0x4").files())));
        assertEquals(List.of("temperature-limit"), ids(new ThrottlingSource(board.flags("0x8").files())));
        for (String earlier : List.of("0x20000", "0x40000", "0x80000")) {
            assertEquals(earlier, List.of("throttled-earlier"), ids(new ThrottlingSource(board.flags(earlier).files())));
        }
        assertEquals("only under-voltage", List.of(), ids(new ThrottlingSource(board.flags("0x10001").files())));
        assertEquals("each of them", List.of("frequency-capped", "throttled"), ids(withFlags(source, "0x50006")));
        assertEquals("remembered", List.of("throttled-earlier"), ids(withFlags(source, "0x0")));
    }

    private HealthSource withFlags(HealthSource source, String flags) {
        board.flags(flags);
        return source;
    }

    @Test
    public void aBoardWithoutThisFirmwareIsThrottledByLinux() {
        board.write("sys/class/thermal/cooling_device0/type", "Fan").write("sys/class/thermal/cooling_device0/cur_state", "1");
        ThrottlingSource source = new ThrottlingSource(board.files());
        assertEquals("fans slow nothing down", Optional.empty(), source.readNow());
        board.write("sys/class/thermal/cooling_device1/type", "cpufreq-cpu0").write("sys/class/thermal/cooling_device1/cur_state", "0");
        assertEquals(List.of(), ids(source));
        board.write("sys/class/thermal/cooling_device1/cur_state", "2");
        assertEquals(List.of("throttled"), ids(source));
    }

    private HealthSource zone(HealthSource source, int milli) {
        board.write("sys/class/thermal/thermal_zone0/temp", Integer.toString(milli));
        return source;
    }

    @Test
    public void theProcessorIsTooHotFromTheLimitUntilItHasCooledDown() {
        TemperatureSource source = new TemperatureSource(board.pi4().files(), 80);
        assertEquals(List.of(), ids(zone(source, 79_900)));
        assertEquals(List.of("temperature"), ids(zone(source, 80_000)));
        assertEquals(Severity.WARNING, source.readNow().orElseThrow().findings().get(0).severity());
        assertEquals("it stays for three degrees", List.of("temperature"), ids(zone(source, 77_100)));
        assertEquals(List.of(), ids(zone(source, 76_900)));
        Finding critical = zone(source, 85_600).readNow().orElseThrow().findings().get(0);
        assertEquals(Severity.CRITICAL, critical.severity());
        assertEquals("The board has been too hot since {since}: 86 °C (sensor cpu-thermal).", critical.description());
        assertEquals(85.6, figure(source, "temperature_celsius"), 0.001);
    }

    @Test
    public void theTemperatureAtWhichLinuxSwitchesOffLowersTheLimit() {
        board.pi4().write("sys/class/thermal/thermal_zone0/trip_point_1_type", "passive").write("sys/class/thermal/thermal_zone0/trip_point_1_temp", "60000")
                .write("sys/class/thermal/thermal_zone0/trip_point_0_temp", "75000");
        TemperatureSource source = new TemperatureSource(board.files(), 80);
        assertEquals(List.of(), ids(zone(source, 69_000)));
        assertEquals(List.of("temperature"), ids(zone(source, 70_000)));
    }

    @Test
    public void otherChipsCountWithTheirOwnLimitAndNonsenseDoesNot() {
        board.write("sys/class/hwmon/hwmon0/name", "nvme").write("sys/class/hwmon/hwmon0/temp1_input", "90000");
        TemperatureSource source = new TemperatureSource(board.files(), 80);
        assertEquals("no limit", Optional.empty(), source.readNow());
        board.write("sys/class/hwmon/hwmon0/temp1_crit", "65261850");
        assertEquals("a limit that is none", Optional.empty(), source.readNow());
        board.write("sys/class/hwmon/hwmon0/temp1_crit", "94850");
        assertEquals(List.of("temperature"), ids(source));
        board.write("sys/class/hwmon/hwmon0/temp1_input", "-273150");
        assertEquals("not connected", Optional.empty(), source.readNow());
    }

    @Test
    public void memoryThatIsNearlyUsedUpIsAFinding() {
        MemorySource source = new MemorySource(board.piZero2().files());
        assertEquals(437_076 * 1024.0, figure(source, "memory_size_bytes"), 0);
        board.write("proc/meminfo", "MemTotal:         437076 kB\nMemAvailable:      24000 kB\n");
        assertEquals(List.of("memory"), ids(source));
        assertTrue(source.readNow().orElseThrow().findings().get(0).description().contains("23 MiB"));
        board.write("proc/meminfo", "MemTotal:         437076 kB\nMemAvailable:      30000 kB\n");
        assertEquals("still close to it", List.of("memory"), ids(source));
        board.write("proc/meminfo", "MemTotal:         437076 kB\nMemAvailable:      60000 kB\n");
        assertEquals(List.of(), ids(source));
    }

    @Test
    public void theLoadIsComparedWithTheCores() {
        LoadSource source = new LoadSource(board.pi3().files());
        board.write("proc/loadavg", "12.00 7.90 1.00 1/389 12345");
        assertEquals(List.of(), ids(source));
        board.write("proc/loadavg", "1.00 8.00 1.00 9/389 12345");
        assertEquals(List.of("load"), ids(source));
        assertEquals(8, figure(source, "load_average"), 0);
        board.write("proc/loadavg", "1.00 5.90 1.00 9/389 12345");
        assertEquals(List.of(), ids(source));
    }

    @Test
    public void aClockThatWasNotSetIsAFindingAfterThreeMinutes() {
        ClockSource source = new ClockSource(board.pi4().files(), CLOCK);
        board.remove("run/systemd/timesync/synchronized").write("proc/uptime", "179.9 400.0");
        assertEquals(List.of(), ids(source));
        board.write("proc/uptime", "182.0 400.0");
        assertEquals(List.of("clock-not-synchronized"), ids(source));
        board.write("run/systemd/timesync/synchronized", "");
        assertEquals(List.of(), ids(source));
    }

    @Test
    public void aTimeBeforeThisVersionIsWrongOnEveryBoard() {
        assertEquals(List.of("clock-wrong"), ids(new ClockSource(board.files(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))));
    }

    @Test
    public void fileSystemsThatBecameReadOnlyAreFindings() {
        FileSystemSource source = new FileSystemSource(board.pi4().files(), HOME);
        assertEquals("systemd protects the root", List.of(), ids(source));
        board.mounts("ro", "rw");
        assertEquals("the disk of both", List.of("home-read-only", "root-read-only"), ids(source));
        board.mounts("rw", "ro");
        assertEquals(List.of("home-read-only"), ids(source));
        assertEquals("the home is somewhere else", List.of(), ids(new FileSystemSource(board.files(), Path.of("/run/x"))));
    }

    @Test
    public void aRootThatIsReadOnlyOnPurposeIsNoFinding() {
        board.pi4().mounts("ro", "rw").write("etc/fstab", "/dev/mmcblk0p2 / ext4 ro,noatime 0 1");
        assertEquals(List.of(), ids(new FileSystemSource(board.files(), Path.of("/run/catseye"))));
        board.write("etc/fstab", "# empty");
        assertEquals(List.of(), ids(new FileSystemSource(board.files(), Path.of("/run/catseye"))));
    }

    @Test
    public void aDiskThatIsNearlyFullIsAFinding() throws Exception {
        Path home = folder.newFolder().toPath();
        long freeMib = home.toFile().getUsableSpace() >> 20;
        assertEquals(List.of(), ids(new SpaceSource(home, 1)));
        Finding warning = new SpaceSource(home, (int) Math.min(Integer.MAX_VALUE, freeMib + freeMib / 2)).readNow().orElseThrow().findings().get(0);
        assertEquals(Severity.WARNING, warning.severity());
        assertEquals(Severity.CRITICAL, new SpaceSource(home, (int) Math.min(Integer.MAX_VALUE, freeMib * 5)).readNow().orElseThrow().findings().get(0).severity());
        assertTrue(figure(new SpaceSource(home, 1), "disk_size_bytes") > figure(new SpaceSource(home, 1), "disk_free_bytes"));
        assertEquals("no such folder", Optional.empty(), new SpaceSource(home.resolve("nothing"), 1).readNow());
    }

    @Test
    public void aPortThatWasSwitchedOffIsAFinding() {
        board.write("sys/bus/usb/devices/1-0:1.0/bInterfaceClass", "09").write("sys/bus/usb/devices/1-0:1.0/usb1-port1/over_current_count", "0");
        UsbSource source = new UsbSource(board.files(), System::nanoTime);
        assertEquals(List.of(), ids(source));
        board.write("sys/bus/usb/devices/1-0:1.0/usb1-port2/over_current_count", "2");
        assertEquals(List.of("usb-over-current"), ids(source));
        assertEquals(2, figure(source, "usb_over_currents"), 0);
    }

    @Test
    public void aCaptureStickThatKeepsDisconnectingIsAFindingForTenMinutes() {
        AtomicLong now = new AtomicLong();
        board.write("sys/bus/usb/devices/1-1.3:1.0/bInterfaceClass", "0e").write("sys/bus/usb/devices/1-1.4:1.0/bInterfaceClass", "03")
                .write("sys/bus/usb/devices/1-1.4/devnum", "9");
        UsbSource source = new UsbSource(board.files(), now::get);
        for (int number = 4; number <= 6; number++) {
            board.write("sys/bus/usb/devices/1-1.3/devnum", Integer.toString(number)).write("sys/bus/usb/devices/1-1.4/devnum", Integer.toString(number + 10));
            assertEquals("connected " + (number - 3) + " times", List.of(), ids(source));
        }
        board.write("sys/bus/usb/devices/1-1.3/devnum", "7");
        assertEquals("three reconnects", List.of("usb-reconnects"), ids(source));
        assertEquals(3, figure(source, "usb_reconnects"), 0);
        now.set(TimeUnit.MINUTES.toNanos(10) + 1);
        assertEquals(List.of(), ids(source));
    }

    @Test
    public void javaWithoutSecurityUpdatesIsAFinding() {
        assertEquals(List.of(), ids(new JavaSource(17, "2026-10-20", CLOCK)));
        assertEquals(List.of(), ids(new JavaSource(21, "", CLOCK)));
        assertEquals("an odd date", List.of(), ids(new JavaSource(25, "soon", CLOCK)));
        assertEquals(List.of("java-outdated"), ids(new JavaSource(17, "2025-10-21", CLOCK)));
        assertEquals("18 was supported for half a year", List.of("java-unsupported"), ids(new JavaSource(18, "2026-10-20", CLOCK)));
        assertEquals("the successor of 26 is new", List.of(), ids(new JavaSource(27, "2026-10-20", CLOCK)));
        Clock later = Clock.fixed(Instant.parse("2027-10-01T00:00:00Z"), ZoneOffset.UTC);
        assertEquals(List.of("java-unsupported"), ids(new JavaSource(17, "2027-09-20", later)));
        assertEquals(List.of(), ids(new JavaSource(21, "2027-09-20", later)));
    }

    @Test
    public void theFilesOfThisMachineCanBeRead() {
        KernelFiles machine = new KernelFiles(Path.of("/"));
        for (HealthSource source : fileSources(machine)) {
            source.readNow().ifPresent(reading -> assertFalse(source.subject(), reading.findings().isEmpty() && reading.summary().isEmpty()));
        }
        assertTrue(figure(new MemorySource(machine), "memory_available_bytes") > 0);
        assertTrue(figure(new LoadSource(machine), "load_average") >= 0);
        assertTrue(new SpaceSource(Path.of("/"), 1).readNow().isPresent());
        assertTrue(new FileSystemSource(machine, Path.of("/tmp")).readNow().isPresent());
        assertTrue(new JavaSource(CLOCK).readNow().isPresent());
    }
}
