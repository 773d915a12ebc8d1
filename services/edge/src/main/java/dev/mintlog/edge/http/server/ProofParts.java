package dev.mintlog.edge.http.server;

import dev.mintlog.edge.backchannel.HintedUsers;
import dev.mintlog.edge.backchannel.SignedRequests;
import dev.mintlog.edge.dpop.DpopNonces;
import dev.mintlog.edge.http.ClientCertificates;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.proof.UserCodeProof;
import dev.mintlog.edge.proof.client.ClientAuthenticator;
import dev.mintlog.edge.proof.grant.GrantAssertions;

/**
 * What judges proofs.
 *
 * @param userCodes proves that the user is there, by the code that only the user has
 * @param ids what is spent of a proof that serves once
 * @param certificates which client certificates count
 */
public record ProofParts(
    ClientAuthenticator clients,
    GrantAssertions assertions,
    SignedRequests requests,
    HintedUsers hintedUsers,
    UserCodeProof userCodes,
    ProofIds ids,
    DpopNonces nonces,
    ClientCertificates certificates) {}
