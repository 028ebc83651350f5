/** The shared state of one target: its viewers, its hubs and who controls it. */
package org.catseye.web.control.board;
