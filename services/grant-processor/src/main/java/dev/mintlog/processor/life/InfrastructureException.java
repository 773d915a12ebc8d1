package dev.mintlog.processor.life;

/**
 * Redis or the log could not be reached, or its answer was lost: whether the effect happened is not known. It says
 * nothing about the command; the step is performed again.
 */
public final class InfrastructureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InfrastructureException(String message) {
    super(message);
  }

  public InfrastructureException(String message, Throwable cause) {
    super(message, cause);
  }
}
