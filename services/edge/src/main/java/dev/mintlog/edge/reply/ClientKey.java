package dev.mintlog.edge.reply;

/** Whose share of the pending replies a request takes. */
public record ClientKey(String tenant, String clientId) {}
