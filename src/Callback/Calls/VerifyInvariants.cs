namespace Callback.Calls;

/// <summary>Placeholder for the reference in documentation.</summary>
public sealed class VerifyInvariants;
