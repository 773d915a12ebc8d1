package dev.mintlog.edge.proof.client;

/** A client secret as it was presented. It does not print. */
record ClientSecret(String text) {
  @Override
  public String toString() {
    return "ClientSecret[redacted]";
  }
}
