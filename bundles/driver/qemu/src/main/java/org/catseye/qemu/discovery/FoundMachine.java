package org.catseye.qemu.discovery;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A virtual machine that can be added.
 *
 * @param id for a target, unique among the found ones
 * @param label its name
 * @param monitor its QMP socket
 * @param vnc its VNC socket
 */
record FoundMachine(String id, String label, Path monitor, Optional<Path> vnc) {
}
