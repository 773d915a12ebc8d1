/**
 * HTTP in, HTTP out: each endpoint is a list of named steps. Runs on event loops; nothing here blocks.
 */
package dev.mintlog.edge.http;
