package org.catseye.power.relay;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;
import org.catseye.power.relay.board.BoardAddress;
import org.catseye.power.relay.board.BoardKind;

/**
 * A checked configuration.
 *
 * @param board which board
 * @param channel the number of the relay, from 1
 * @param closedMeansOn whether the computer has current while the relay is closed; only for a switch
 */
record RelaySettings(BoardAddress board, int channel, RelayUse use, boolean closedMeansOn, int pressMillis, int holdMillis) {

    private static final String SERIAL_PATTERN = "[!-~]{0,5}";

    /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
    static RelaySettings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(RelayConfig.PID, properties);
        options.readTargetId();
        String useName = options.readText("use", RelayConfig.DEFAULT_USE);
        RelayUse use = RelayUse.findByPublicName(useName).orElseThrow(() -> options.badValue("use", useName, "switch, power-button or reset-button"));
        return new RelaySettings(parseBoard(options), options.readNumber("channel", RelayConfig.MIN_CHANNEL, RelayConfig.MIN_CHANNEL, RelayConfig.MAX_CHANNEL),
            use, options.readFlag("closedMeansOn", true),
            options.readNumber("pressMillis", RelayConfig.DEFAULT_PRESS_MILLIS, RelayConfig.MIN_PRESS_MILLIS, RelayConfig.MAX_PRESS_MILLIS),
            options.readNumber("holdMillis", RelayConfig.DEFAULT_HOLD_MILLIS, RelayConfig.MIN_HOLD_MILLIS, RelayConfig.MAX_HOLD_MILLIS));
    }

    private static BoardAddress parseBoard(Options options) throws BadValueException {
        String kindName = options.readText("board", RelayConfig.DEFAULT_BOARD);
        BoardKind kind = BoardKind.findByPublicName(kindName).orElseThrow(() -> options.badValue("board", kindName, "hid or lcus"));
        String device = options.readText("device", "");
        if (!device.isEmpty() && !kind.allowsDevice(device)) {
            throw options.badValue("device", device, kind.allowedDevices() + ", or empty");
        }
        String serial = options.readMatchingText("serial", "", SERIAL_PATTERN, "the five characters of the board's serial number, or empty");
        if (!serial.isEmpty() && kind != BoardKind.HID) {
            throw options.badValue("serial", serial, "empty, because only HID boards have a serial number");
        }
        return new BoardAddress(kind, device, serial);
    }
}
