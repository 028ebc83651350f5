package org.catseye.power.atx;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.GpioChip;
import org.catseye.linux.GpioChip.Bias;
import org.catseye.linux.GpioChip.Direction;
import org.catseye.linux.GpioLines;

/** The front panel on the lines of a GPIO controller. The lines stay reserved, so that no other program presses the buttons. */
final class GpioFrontPanel implements FrontPanel {

    private static final String CONSUMER = "catseye";

    private final Map<Button, GpioLines> buttons = new EnumMap<>(Button.class);
    private final Map<Led, GpioLines> leds = new EnumMap<>(Led.class);

    private GpioFrontPanel() {
    }

    static FrontPanel open(AtxSettings settings) throws IOException {
        GpioFrontPanel panel = new GpioFrontPanel();
        try (GpioChip chip = openChip(settings.chip())) {
            GpioChip.Info info = chip.readInfo();
            panel.addButton(chip, info, Button.POWER, settings.powerButton(), settings);
            panel.addButton(chip, info, Button.RESET, settings.resetButton(), settings);
            panel.addLed(chip, info, Led.POWER, settings.powerLed(), settings);
            panel.addLed(chip, info, Led.DISK, settings.diskLed(), settings);
            return panel;
        } catch (IOException | RuntimeException e) {
            panel.close();
            throw e;
        }
    }

    private static GpioChip openChip(String path) throws IOException {
        try {
            return GpioChip.open(path);
        } catch (ErrnoException e) {
            throw new IOException(e.code() == Errno.ENOENT.code() ? "There is no GPIO controller " + path + "."
                    : e.code() == Errno.EACCES.code() ? "The user of Catseye may not open " + path + ": the udev rules of Catseye are missing or not yet in effect."
                    : path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private void addButton(GpioChip chip, GpioChip.Info info, Button button, OptionalInt offset, AtxSettings settings) throws IOException {
        if (offset.isPresent()) {
            buttons.put(button, requestLine(chip, info, offset.getAsInt(), Direction.OUTPUT, settings.buttonsActiveLow(), Bias.AS_IS));
        }
    }

    /** An LED that is active low needs the resistor that keeps its line high while the LED is dark. */
    private void addLed(GpioChip chip, GpioChip.Info info, Led led, OptionalInt offset, AtxSettings settings) throws IOException {
        if (offset.isPresent()) {
            Bias bias = settings.ledsActiveLow() ? Bias.PULL_UP : Bias.PULL_DOWN;
            leds.put(led, requestLine(chip, info, offset.getAsInt(), Direction.INPUT, settings.ledsActiveLow(), bias));
        }
    }

    private static GpioLines requestLine(GpioChip chip, GpioChip.Info info, int offset, Direction direction, boolean activeLow, Bias bias)
            throws IOException {
        if (offset >= info.lines()) {
            throw new IOException("The GPIO controller " + info.label() + " has no line " + offset + ": it has the lines 0 to " + (info.lines() - 1) + ".");
        }
        try {
            return chip.requestLines(CONSUMER, List.of(offset), direction, activeLow, bias);
        } catch (ErrnoException e) {
            throw new IOException(e.code() == Errno.EBUSY.code() ? "The line " + offset + " of " + info.label() + " is in use by another program."
                    : "The line " + offset + " of " + info.label() + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void setPressed(Button button, boolean pressed) throws IOException {
        buttons.get(button).writeValue(0, pressed);
    }

    @Override
    public boolean isLit(Led led) throws IOException {
        return leds.get(led).readValue(0);
    }

    @Override
    public void close() {
        for (GpioLines button : buttons.values()) {
            try {
                button.writeValue(0, false);
            } catch (IOException e) {
                // The line is gone, and nothing more can be done.
            }
            button.close();
        }
        leds.values().forEach(GpioLines::close);
    }
}
