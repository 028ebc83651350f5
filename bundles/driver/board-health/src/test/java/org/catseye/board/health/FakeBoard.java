package org.catseye.board.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catseye.files.KernelFiles;

/**
 * A folder with the files of /proc, /sys, /run and /etc that a board has. The values are those of a healthy board. Names of the Raspberry Pi: the
 * drivers raspberrypi-hwmon and raspberrypi (firmware) of its kernel.
 */
public final class FakeBoard {

    private static final String FIRMWARE = "sys/devices/platform/soc/soc:firmware/get_throttled";
    private final Path root;

    public FakeBoard(Path root) {
        this.root = root;
    }

    /** Raspberry Pi 3 with its own kernel: sensor and flags. */
    public FakeBoard pi3() {
        return pi("cpu-thermal", 4, 921_000).sensor("hwmon1").write(FIRMWARE, "0");
    }

    /** Raspberry Pi 4 with its own kernel. */
    public FakeBoard pi4() {
        return pi("cpu-thermal", 4, 3_885_396).sensor("hwmon1").write(FIRMWARE, "0x0");
    }

    /** Raspberry Pi Zero 2 W. */
    public FakeBoard piZero2() {
        return pi("cpu-thermal", 4, 437_076).sensor("hwmon1").write(FIRMWARE, "0");
    }

    /** Raspberry Pi 5: other names of the bus and more sensors; whether its kernel has the file of the flags was not verified, so it is missing. */
    public FakeBoard pi5() {
        write("sys/class/hwmon/hwmon1/name", "rp1_adc").write("sys/class/hwmon/hwmon1/temp1_input", "52310").write("sys/class/hwmon/hwmon1/in1_input", "1472");
        write("sys/class/hwmon/hwmon2/name", "pwmfan").write("sys/class/hwmon/hwmon2/fan1_input", "2980");
        write("sys/class/thermal/cooling_device0/type", "pwm-fan").write("sys/class/thermal/cooling_device0/cur_state", "3");
        return pi("cpu-thermal", 4, 8_256_000).sensor("hwmon3");
    }

    /** A Raspberry Pi with the mainline kernel: the sensor, but no flags. */
    public FakeBoard mainlinePi4() {
        return pi("cpu-thermal", 4, 3_885_396).sensor("hwmon1");
    }

    private FakeBoard pi(String zone, int cores, long memoryKib) {
        for (int core = 0; core < cores; core++) {
            write("sys/devices/system/cpu/cpu" + core + "/cpufreq/scaling_cur_freq", "1000000");
        }
        write("sys/devices/system/cpu/cpufreq/boost", "0");
        write("sys/class/thermal/thermal_zone0/type", zone).write("sys/class/thermal/thermal_zone0/temp", "48312");
        write("sys/class/thermal/thermal_zone0/trip_point_0_type", "critical").write("sys/class/thermal/thermal_zone0/trip_point_0_temp", "110000");
        write("sys/class/hwmon/hwmon0/name", "cpu_thermal").write("sys/class/hwmon/hwmon0/temp1_input", "48312");
        write("proc/meminfo", "MemTotal:       " + memoryKib + " kB\nMemFree:          50000 kB\nMemAvailable:   " + memoryKib / 2 + " kB\n");
        write("proc/loadavg", "0.52 0.58 0.59 1/389 12345");
        write("proc/uptime", "10000.12 30000.00");
        write("run/systemd/timesync/synchronized", "");
        return mounts("rw", "rw");
    }

    private FakeBoard sensor(String name) {
        return write("sys/class/hwmon/" + name + "/name", "rpi_volt").write("sys/class/hwmon/" + name + "/in0_lcrit_alarm", "0");
    }

    /** As systemd shows them to a protected service: the mount of the root is read-only, its file system is not. */
    public FakeBoard mounts(String root, String home) {
        write("proc/self/mountinfo", "22 1 179:2 / / ro,noatime shared:1 - ext4 /dev/mmcblk0p2 " + root + "\n"
                + "36 22 0:34 / /run rw,nosuid - tmpfs tmpfs rw,size=87416k\n"
                + "90 22 179:2 /var/lib/catseye /var/lib/catseye " + home + ",noatime shared:1 - ext4 /dev/mmcblk0p2 " + root + "\n");
        return write("etc/fstab", "proc            /proc           proc    defaults          0       0\n"
                + "PARTUUID=4e639091-02  /               ext4    defaults,noatime  0       1\n");
    }

    public FakeBoard alarm(boolean raised) {
        for (String sensor : files().listNames("sys/class/hwmon", "hwmon*")) {
            if (files().isPresent("sys/class/hwmon/" + sensor + "/in0_lcrit_alarm")) {
                write("sys/class/hwmon/" + sensor + "/in0_lcrit_alarm", raised ? "1" : "0");
            }
        }
        return this;
    }

    public FakeBoard flags(String hexadecimal) {
        return write(FIRMWARE, hexadecimal);
    }

    public FakeBoard write(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text + "\n");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FakeBoard remove(String path) {
        try {
            Files.delete(root.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public KernelFiles files() {
        return new KernelFiles(root);
    }
}
