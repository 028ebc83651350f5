package org.catseye.power.script;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.catseye.process.ProgramRun;

/** One run of a program, with the target's id in its environment. */
final class ScriptRun {

    static final String TARGET = "KVM_TARGET";

    private ScriptRun() {
    }

    /**
     * Runs a program and returns what it printed, without blanks at the ends.
     *
     * @throws IOException if it fails or takes too long; the message is for the user
     */
    static String runProgram(Path program, String argument, String targetId, Duration limit) throws IOException, InterruptedException {
        return new ProgramRun(List.of(program.toString(), argument)).inFolder(program.getParent()).withVariable(TARGET, targetId).within(limit).run().strip();
    }
}
