package org.catseye.linux;

import com.sun.jna.NativeLong;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.catseye.linux.GpioChip.LineRequest;
import org.catseye.testkit.linux.KernelValues;
import org.catseye.testkit.linux.KernelValues.Machine;
import org.junit.Test;

/** Compares what this bundle passes to the kernel with the kernel's own headers. */
public class KernelValuesTest {

    @Test
    public void valuesAreThoseOfTheHeaders() throws IOException {
        Map<String, Number> used = new HashMap<>();
        addTypes(used);
        addFiles(used);
        addGpio(used);
        for (Errno errno : Errno.values()) {
            used.put(errno.name(), errno.code());
        }
        KernelValues.load(getClass()).assertSame(Machine.current(), used);
    }

    /** The types of the parameters and results in {@link LibC}. */
    private static void addTypes(Map<String, Number> used) {
        used.put("sizeof(int)", Integer.BYTES);
        used.put("sizeof(void *)", Struct.POINTER_BYTES);
        used.put("sizeof(unsigned long)", NativeLong.SIZE);
        used.put("sizeof(off_t)", NativeLong.SIZE);
        used.put("sizeof(nfds_t)", NativeLong.SIZE);
        used.put("sizeof(size_t)", NativeLong.SIZE);
        used.put("sizeof(ssize_t)", NativeLong.SIZE);
        used.put("sizeof(socklen_t)", Integer.BYTES);
        used.put("(unsigned long) MAP_FAILED", Mapping.FAILED);
    }

    private static void addFiles(Map<String, Number> used) {
        used.put("O_RDONLY", Fd.O_RDONLY);
        used.put("O_WRONLY", Fd.O_WRONLY);
        used.put("O_RDWR", Fd.O_RDWR);
        used.put("O_CREAT", Fd.O_CREAT);
        used.put("O_NONBLOCK", Fd.O_NONBLOCK);
        used.put("O_CLOEXEC", Fd.O_CLOEXEC);
        used.put("EFD_NONBLOCK", Fd.O_NONBLOCK);
        used.put("EFD_CLOEXEC", Fd.O_CLOEXEC);
        used.put("SOCK_CLOEXEC", Fd.O_CLOEXEC);
        used.put("PROT_READ | PROT_WRITE", Fd.PROT_READ_WRITE);
        used.put("MAP_SHARED", Fd.MAP_SHARED);
        used.put("SEEK_SET", Fd.SEEK_SET);
        used.put("sizeof(struct pollfd)", Poller.SIZE);
        used.put("offsetof(struct pollfd, events)", Poller.EVENTS);
        used.put("offsetof(struct pollfd, revents)", Poller.REVENTS);
        used.put("POLLIN", Poller.POLLIN);
        used.put("POLLPRI", Poller.POLLPRI);
        used.put("POLLOUT", Poller.POLLOUT);
        used.put("POLLERR", Poller.POLLERR);
        used.put("POLLHUP", Poller.POLLHUP);
        used.put("POLLNVAL", Poller.POLLNVAL);
        used.put("AF_NETLINK", Uevents.AF_NETLINK);
        used.put("SOCK_DGRAM", Uevents.SOCK_DGRAM);
        used.put("SOCK_NONBLOCK", Uevents.NONBLOCK);
        used.put("NETLINK_KOBJECT_UEVENT", Uevents.KOBJECT_UEVENT);
        used.put("sizeof(struct sockaddr_nl)", Uevents.ADDRESS_BYTES);
        used.put("offsetof(struct sockaddr_nl, nl_groups)", Uevents.ADDRESS_GROUPS);
    }

    private static void addGpio(Map<String, Number> used) {
        used.put("GPIO_GET_CHIPINFO_IOCTL", GpioChip.GET_CHIP_INFO.number());
        used.put("GPIO_V2_GET_LINE_IOCTL", GpioChip.GET_LINE.number());
        used.put("GPIO_V2_LINE_GET_VALUES_IOCTL", GpioLines.GET_VALUES.number());
        used.put("GPIO_V2_LINE_SET_VALUES_IOCTL", GpioLines.SET_VALUES.number());
        used.put("GPIO_V2_LINES_MAX", GpioChip.MAX_LINES);
        used.put("GPIO_MAX_NAME_SIZE", GpioChip.NAME_BYTES);
        used.put("offsetof(struct gpiochip_info, label)", GpioChip.NAME_BYTES);
        used.put("offsetof(struct gpiochip_info, lines)", 2 * GpioChip.NAME_BYTES);
        used.put("sizeof(struct gpio_v2_line_request)", LineRequest.BYTES);
        used.put("offsetof(struct gpio_v2_line_request, consumer)", LineRequest.CONSUMER);
        used.put("offsetof(struct gpio_v2_line_request, config.flags)", LineRequest.FLAGS);
        used.put("offsetof(struct gpio_v2_line_request, num_lines)", LineRequest.NUM_LINES);
        used.put("offsetof(struct gpio_v2_line_request, fd)", LineRequest.FD);
        used.put("GPIO_V2_LINE_FLAG_ACTIVE_LOW", LineRequest.ACTIVE_LOW);
        used.put("GPIO_V2_LINE_FLAG_INPUT", LineRequest.INPUT);
        used.put("GPIO_V2_LINE_FLAG_OUTPUT", LineRequest.OUTPUT);
        used.put("GPIO_V2_LINE_FLAG_BIAS_PULL_UP", LineRequest.PULL_UP);
        used.put("GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN", LineRequest.PULL_DOWN);
        used.put("sizeof(struct gpio_v2_line_values)", GpioLines.VALUES_BYTES);
        used.put("offsetof(struct gpio_v2_line_values, mask)", GpioLines.MASK);
    }
}
