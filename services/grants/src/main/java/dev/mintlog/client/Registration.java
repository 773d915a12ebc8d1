package dev.mintlog.client;

/**
 * What a command is decided under: tenant and client at the command's own registry revision, except that newer disabling
 * and revocation win, and newer withdrawals of signing keys.
 */
public record Registration(Tenant tenant, Client client, Revocations revocations) {}
