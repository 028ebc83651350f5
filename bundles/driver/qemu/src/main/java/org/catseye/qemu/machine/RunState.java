package org.catseye.qemu.machine;

import java.util.Set;
import java.util.stream.Stream;

/** What a virtual machine does (RunState of QEMU's qapi/run-state.json). */
public enum RunState {
    /** The processors run. */
    RUNNING("It is running.", Set.of("running")),
    /** Suspended to RAM. */
    SUSPENDED("It is asleep. The action \"wake\" wakes it.", Set.of("suspended")),
    /** Switched off: it has shut down, or has not been started since a reset. */
    OFF("It is switched off.", Set.of("shutdown", "prelaunch")),
    /** A user or a debugger has stopped it. */
    PAUSED("It is paused. The action \"on\" continues it.", Set.of("paused", "debug")),
    /** Its operating system has reported a crash. */
    PANICKED("Its operating system has crashed. The action \"reset\" starts it again.", Set.of("guest-panicked")),
    /** Its watchdog has stopped it. */
    WATCHDOG("Its watchdog has stopped it: the operating system hangs. The action \"reset\" starts it again.", Set.of("watchdog")),
    /** QEMU has stopped it after an error of a disk. */
    DISK_ERROR("QEMU has stopped it, because a disk failed or the storage is full. When that is remedied, the action \"on\" continues it.", Set.of("io-error")),
    /** QEMU cannot continue it without a reset. */
    INTERNAL_ERROR("QEMU has stopped it after an internal error. The action \"reset\" starts it again.", Set.of("internal-error")),
    /** It is being moved, saved or restored. */
    MIGRATING("It is being moved or saved.", Set.of("inmigrate", "postmigrate", "finish-migrate", "save-vm", "restore-vm", "colo")),
    /** A state that later versions of QEMU have. */
    OTHER("Its state is not known to Catseye.", Set.of());

    private final String description;
    private final Set<String> names;

    RunState(String description, Set<String> names) {
        this.description = description;
        this.names = names;
    }

    /** The state with this name in QMP; {@link #OTHER} if there is none. */
    static RunState findByName(String name) {
        return Stream.of(values()).filter(state -> state.names.contains(name)).findFirst().orElse(OTHER);
    }

    /** One sentence about the virtual machine. */
    public String description() {
        return description;
    }

    /** Whether it can continue without a reset. */
    boolean isContinuable() {
        return this == PAUSED || this == DISK_ERROR;
    }

    /** Whether only a reset helps. */
    boolean isBroken() {
        return this == PANICKED || this == WATCHDOG || this == INTERNAL_ERROR;
    }
}
