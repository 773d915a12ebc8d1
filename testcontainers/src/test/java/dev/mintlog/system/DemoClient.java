package dev.mintlog.system;

/** A registered client with the secret only it knows. */
record DemoClient(String id, String secret) {
  @Override
  public String toString() {
    return "DemoClient[" + id + "]";
  }
}
