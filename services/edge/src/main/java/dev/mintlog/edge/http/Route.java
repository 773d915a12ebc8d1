package dev.mintlog.edge.http;

/** An endpoint, for one tenant. */
record Route(Endpoint endpoint, String tenant) {}
