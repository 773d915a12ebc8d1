package dev.mintlog.standalone;

/**
 * How an embedded Mintlog was asked to run.
 *
 * @param state where it keeps what it keeps
 * @param port the port clients talk to, on 127.0.0.1
 * @param tls whether that port speaks TLS, with a certificate of an authority of its own
 */
public record UpOptions(StateDirectory state, int port, boolean tls) {}
