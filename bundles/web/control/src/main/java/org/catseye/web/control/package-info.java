/** The control sockets ({@code catseye.control.v1}): a viewer's keys and pointer in, state of the target and keyboard lights out. */
package org.catseye.web.control;
