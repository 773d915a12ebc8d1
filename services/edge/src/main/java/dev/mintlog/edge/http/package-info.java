/**
 * HTTP in, HTTP out: one exchange, how its body is read and its answer written, and who asks. The rooms below have the
 * endpoints, each a list of named steps. Runs on event loops; nothing here blocks.
 */
package dev.mintlog.edge.http;
