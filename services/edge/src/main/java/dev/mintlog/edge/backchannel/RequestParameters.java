package dev.mintlog.edge.backchannel;

import dev.mintlog.edge.request.Form;
import dev.mintlog.proof.ProofClaim;
import java.util.List;

/**
 * The parameters of a request, wherever they came from. They do not print.
 *
 * @param form as if they had come as a form
 * @param proofs what is spent with the request, where they came signed
 */
public record RequestParameters(Form form, List<ProofClaim> proofs) {
  public RequestParameters {
    proofs = List.copyOf(proofs);
  }
}
