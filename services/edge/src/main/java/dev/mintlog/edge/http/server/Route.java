package dev.mintlog.edge.http.server;

import dev.mintlog.edge.http.Endpoint;

/** An endpoint, for one tenant. */
record Route(Endpoint endpoint, String tenant) {}
