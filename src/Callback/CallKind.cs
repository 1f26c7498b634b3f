namespace Callback;

/// <summary>Why this call is made: everybody's first right, or a further one by a grant of that kind.</summary>
public enum CallKind
{
    First,
    Promised,
    Repair,
    Technical,
    Released,
}
