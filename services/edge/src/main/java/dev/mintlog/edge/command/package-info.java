/**
 * From a checked request to a command in the log. One class per grant reads its parameters; a secret becomes a digest
 * or an authorization id here and goes no further.
 */
package dev.mintlog.edge.command;
