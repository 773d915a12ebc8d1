/**
 * What can happen to an authorization beside a grant: it is born of an authorization request or of a device's, the user
 * approves or refuses it, and it is revoked.
 */
package dev.mintlog.edge.command.authorization;
