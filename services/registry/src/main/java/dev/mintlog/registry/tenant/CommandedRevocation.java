package dev.mintlog.registry.tenant;

/**
 * A revocation that did not come with the operator's document but as a command: of a lost device, a changed password.
 *
 * @param tenant where it holds
 */
public record CommandedRevocation(String tenant, RegisteredRevocation revocation) {}
