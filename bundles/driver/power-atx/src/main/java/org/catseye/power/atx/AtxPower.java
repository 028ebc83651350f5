package org.catseye.power.atx;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.catseye.options.CheckedSettings;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.atx.FrontPanel.Button;
import org.catseye.power.atx.FrontPanel.Led;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Presses the buttons of a front panel and watches its LEDs. Switching on and off needs the power LED, because the button does either.
 * The lines are opened at the first use, and again after a failure.
 */
@Component(configurationPid = AtxConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = AtxConfig.class, factory = true)
@AtxConfig
public final class AtxPower implements PowerControl {

    /** The LED of a sleeping computer blinks, typically once a second. Samples of 1.2 s see it lit at least once. */
    private static final int LED_SAMPLES = 12;
    private static final long LED_SAMPLE_MILLIS = 100;

    private final CheckedSettings<AtxSettings> settings;
    private final FrontPanel.Opener opener;
    /** Guarded by this; null until the first use. */
    private FrontPanel panel;
    private boolean closed;

    @Activate
    public AtxPower(Map<String, Object> properties) {
        this(properties, GpioFrontPanel::open);
    }

    /** For tests, with other lines. */
    AtxPower(Map<String, Object> properties, FrontPanel.Opener opener) {
        this.opener = opener;
        settings = CheckedSettings.parseProperties(properties, AtxSettings::parseSettings);
    }

    @Deactivate
    synchronized void closePanel() {
        closed = true;
        if (panel != null) {
            panel.close();
            panel = null;
        }
    }

    @Override
    public Set<PowerAction> supportedActions() {
        Set<PowerAction> actions = EnumSet.noneOf(PowerAction.class);
        settings.findValid().ifPresent(known -> {
            if (known.powerButton().isPresent()) {
                actions.addAll(Set.of(PowerAction.PRESS, PowerAction.HOLD));
                if (known.powerLed().isPresent()) {
                    actions.addAll(Set.of(PowerAction.ON, PowerAction.OFF));
                }
            }
            if (known.resetButton().isPresent()) {
                actions.add(PowerAction.RESET);
            }
        });
        return actions;
    }

    @Override
    public PowerReading readState() throws IOException {
        AtxSettings known = settings.requireValid();
        FrontPanel lines = openPanel(known);
        try {
            Optional<Boolean> disk = known.diskLed().isPresent() ? Optional.of(lines.isLit(Led.DISK)) : Optional.empty();
            PowerCondition condition = known.powerLed().isEmpty() ? PowerCondition.UNKNOWN
                    : isPowerLedLit(lines) ? PowerCondition.ON : PowerCondition.OFF;
            return new PowerReading(condition, disk);
        } catch (IOException e) {
            discardPanel(lines);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PowerReading.UNKNOWN;
        }
    }

    private static boolean isPowerLedLit(FrontPanel lines) throws IOException, InterruptedException {
        for (int sample = 0; sample < LED_SAMPLES; sample++) {
            if (lines.isLit(Led.POWER)) {
                return true;
            }
            Thread.sleep(LED_SAMPLE_MILLIS);
        }
        return false;
    }

    @Override
    public void performAction(PowerAction action) throws IOException, InterruptedException {
        AtxSettings known = settings.requireValid();
        FrontPanel lines = openPanel(known);
        try {
            switch (action) {
                case PRESS -> press(lines, known.powerButton(), Button.POWER, known.pressMillis());
                case HOLD -> press(lines, known.powerButton(), Button.POWER, known.holdMillis());
                case RESET -> press(lines, known.resetButton(), Button.RESET, known.pressMillis());
                case ON -> {
                    if (!isPowerLedLit(lines)) {
                        press(lines, known.powerButton(), Button.POWER, known.pressMillis());
                    }
                }
                case OFF -> {
                    if (isPowerLedLit(lines)) {
                        press(lines, known.powerButton(), Button.POWER, known.holdMillis());
                    }
                }
                default -> throw new IOException("The front panel has no button for this.");
            }
        } catch (IOException e) {
            discardPanel(lines);
            throw e;
        }
    }

    private static void press(FrontPanel lines, OptionalInt connected, Button button, int millis) throws IOException, InterruptedException {
        if (connected.isEmpty()) {
            throw new IOException("No line is connected to this button.");
        }
        lines.setPressed(button, true);
        try {
            Thread.sleep(millis);
        } finally {
            lines.setPressed(button, false);
        }
    }

    private synchronized FrontPanel openPanel(AtxSettings known) throws IOException {
        if (closed) {
            throw new IOException("The power control is being stopped.");
        }
        if (panel == null) {
            panel = opener.open(known);
        }
        return panel;
    }

    private synchronized void discardPanel(FrontPanel failed) {
        failed.close();
        if (panel == failed) {
            panel = null;
        }
    }
}
