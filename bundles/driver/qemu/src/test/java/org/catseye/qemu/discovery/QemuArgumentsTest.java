package org.catseye.qemu.discovery;

import static org.junit.Assert.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public final class QemuArgumentsTest {

    private static Optional<QemuArguments> parse(String command) {
        return QemuArguments.parseCommand(List.of(command.split(" ")));
    }

    @Test
    public void findsTheSocketsOfAPlainCommand() {
        assertEquals(Optional.of(new QemuArguments("web1", List.of(Path.of("/run/machines/web1.qmp")), Optional.of(Path.of("/run/machines/web1.vnc")))),
                parse("/usr/bin/qemu-system-x86_64 -name web1 -qmp unix:/run/machines/web1.qmp,server=on,wait=off -vnc unix:/run/machines/web1.vnc"));
    }

    @Test
    public void findsTheSocketsOfProxmox() {
        assertEquals(Optional.of(new QemuArguments("mail", List.of(Path.of("/var/run/qemu-server/100.qmp")), Optional.empty())),
                parse("/usr/bin/kvm -id 100 -name mail,debug-threads=on -no-shutdown -chardev socket,id=qmp,path=/var/run/qemu-server/100.qmp,server=on,wait=off"
                        + " -mon chardev=qmp,mode=control -chardev socket,id=qmp-event,path=/var/run/qmeventd.sock,reconnect=5"
                        + " -vnc unix:/var/run/qemu-server/100.vnc,password=on"));
    }

    @Test
    public void namesOfLibvirtAreRead() {
        assertEquals("db", parse("/usr/bin/qemu-system-x86_64 -name guest=db,debug-threads=on -S").orElseThrow().name());
    }

    @Test
    public void otherProgramsAndPathsAreLeftOut() {
        assertEquals(Optional.empty(), parse("/usr/bin/vim -qmp unix:/x"));
        assertEquals(Optional.empty(), parse("qemu-img create x"));
        assertEquals(Optional.empty(), QemuArguments.parseCommand(List.of()));
        assertEquals(List.of(), parse("qemu-system-arm -qmp tcp:localhost:4444 -qmp unix:relative -mon chardev=none,mode=control -qmp").orElseThrow().monitors());
    }
}
