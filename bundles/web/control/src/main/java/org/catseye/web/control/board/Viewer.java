package org.catseye.web.control.board;

import org.catseye.web.control.lease.LeaseOutcome;

/** One open control socket, or a text that is being typed, as its target's board sees it. A user may have several. */
public interface Viewer {

    String user();

    /** The user's network address, for the audit log. */
    String address();

    /** False once the session has ended, which closes the socket. */
    boolean isLoggedIn();

    /** Whether the user has the permission CONTROL for the target. */
    boolean mayControl();

    /** Hubs or permissions changed: opens the input session at the best hub, or closes it. */
    void updateInput();

    /** Sends the viewer the state that changed since the last call. */
    void sendChanges();

    /** Releases the keys and buttons that this viewer holds. */
    void releaseKeys();

    /** Notifies the viewer that its request for control ended with this result. */
    void reportResult(LeaseOutcome.Result result);

    /** The handler of the channel stops: releases everything. Again without effect. */
    void closeViewer();

    /** Called regularly, for changes that nothing reports. */
    void handleTick();
}
