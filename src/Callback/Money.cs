namespace Callback;

/// <summary>An amount in a currency (ISO 4217); never added across currencies.</summary>
public readonly record struct Money(decimal Amount, string Currency)
{
    public override string ToString() => $"{Amount:0.00} {Currency}";
}
