namespace Callback;

/// <summary>The program cannot do what it was started for, for a reason outside it. The message is the whole sentence the operator sees: what, where, what to do.</summary>
public sealed class RefusalException(string message, Exception? cause = null) : Exception(message, cause);
