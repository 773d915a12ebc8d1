package dev.mintlog.edge.proof.client;

import dev.mintlog.edge.request.Checked;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What a client's proof came with.
 *
 * @param address where the request came from, in digits
 * @param audiences the URLs that the endpoint has, without query: what an assertion may be for; asked for where the
 *     client sent one
 * @param certificate the client certificate of the request, asked for where the client may prove itself by one
 * @param now what the expiry of a secret or a certificate is compared with
 * @param loop where answers are given that cannot be given at once
 */
public record Circumstances(
    String address,
    Supplier<Set<String>> audiences,
    Supplier<Checked<Optional<ClientCertificate>>> certificate,
    Instant now,
    Executor loop) {}
