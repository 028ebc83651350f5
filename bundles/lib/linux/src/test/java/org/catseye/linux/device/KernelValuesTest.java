package org.catseye.linux.device;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.catseye.linux.device.SerialPort.Attributes;
import org.catseye.linux.device.SerialPort.Speed;
import org.catseye.testkit.linux.KernelValues;
import org.catseye.testkit.linux.KernelValues.Machine;
import org.junit.Test;

/** Compares what serial ports and HID devices are asked with the kernel's own headers. */
public class KernelValuesTest {

    @Test
    public void valuesAreThoseOfTheHeaders() throws IOException {
        Map<String, Number> used = new HashMap<>();
        used.put("O_NOCTTY", SerialPort.O_NOCTTY);
        used.put("TCGETS", SerialPort.GET_ATTRIBUTES.number());
        used.put("TCSETS", SerialPort.SET_ATTRIBUTES.number());
        used.put("TIOCEXCL", SerialPort.SET_EXCLUSIVE.number());
        used.put("sizeof(struct termios)", Attributes.BYTES);
        used.put("offsetof(struct termios, c_cflag)", Attributes.CONTROL_FLAGS);
        used.put("offsetof(struct termios, c_cc)", Attributes.CHARACTERS);
        used.put("VMIN", Attributes.VMIN);
        used.put("CS8", Attributes.CS8);
        used.put("CREAD", Attributes.CREAD);
        used.put("CLOCAL", Attributes.CLOCAL);
        used.put("B9600", Speed.BAUD_9600.code);
        used.put("B115200", Speed.BAUD_115200.code);
        used.put("HIDIOCGRAWINFO", HidRaw.GET_INFO.number());
        used.put("sizeof(struct hidraw_devinfo)", HidRaw.INFO_BYTES);
        used.put("offsetof(struct hidraw_devinfo, vendor)", HidRaw.VENDOR);
        used.put("offsetof(struct hidraw_devinfo, product)", HidRaw.PRODUCT);
        used.put("HIDIOCSFEATURE(9)", HidRaw.sendRequest(9).number());
        used.put("HIDIOCGFEATURE(9)", HidRaw.fetchRequest(9).number());
        KernelValues.load(getClass()).assertSame(Machine.current(), used);
    }
}
