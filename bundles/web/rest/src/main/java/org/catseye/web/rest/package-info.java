/** The HTTP API beside the streams: sessions, users, the list of targets, health, metrics, and its own description. */
package org.catseye.web.rest;
