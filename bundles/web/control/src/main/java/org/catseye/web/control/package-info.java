/**
 * The control sockets ({@code catseye.control.v1}): they receive a viewer's keys, pointer and requests for control, and send the state of the
 * target and of its keyboard lights.
 */
package org.catseye.web.control;
