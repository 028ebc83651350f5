package org.catseye.qemu.qmp;

import com.fasterxml.jackson.databind.JsonNode;

/** Gets what happens, one call at a time, on the thread that reads the connection. Must not block, and not execute commands. */
public interface QmpListener {

    /** Commands can be executed from now on. */
    void handleConnection();

    /** An event of the virtual machine. @param data may be a missing node */
    void handleEvent(String event, JsonNode data);

    /** The connection has ended. @param problem one sentence */
    void handleDisconnection(String problem);
}
