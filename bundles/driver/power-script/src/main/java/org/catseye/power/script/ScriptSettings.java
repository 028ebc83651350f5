package org.catseye.power.script;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;
import org.catseye.power.PowerAction;

/**
 * A checked configuration. Whether the program may run is checked each time, because files change.
 *
 * @param targetId the computer
 * @param program full path
 * @param actions what the program can do
 */
record ScriptSettings(String targetId, Path program, Set<PowerAction> actions) {

    private static final Set<PowerAction> DEFAULT_ACTIONS = Set.of(PowerAction.ON, PowerAction.OFF);

    /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
    static ScriptSettings parseSettings(Map<String, ?> properties, ScriptPlace place) throws BadValueException {
        Options options = new Options(ScriptConfig.PID, properties);
        return new ScriptSettings(options.readTargetId(), parseProgram(options, place), properties.containsKey("actions") ? parseActions(options) : DEFAULT_ACTIONS);
    }

    private static Path parseProgram(Options options, ScriptPlace place) throws BadValueException {
        String program = options.readText("program", "");
        try {
            Path path = Path.of(program);
            if (path.isAbsolute() && place.isInAllowedFolder(path.normalize())) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            // Reported below, like a path elsewhere.
        }
        throw options.badValue("program", program, "the full path of a program in " + place.describeFolders());
    }

    private static Set<PowerAction> parseActions(Options options) throws BadValueException {
        return options.readChoices("actions", PowerAction::findByPublicName, "some of " + PowerAction.formatNames(List.of(PowerAction.values())));
    }
}
