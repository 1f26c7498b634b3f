namespace Callback.Compensation;

/// <summary>Money is rounded to the currency's minor unit (fen, cent), halves away from zero: in the customer's favour.</summary>
public static class RoundingPolicy
{
    // ISO 4217: currencies of the trade without a minor unit. Amounts are kept with two places, so the few with three are rounded to two.
    private static readonly string[] WithoutMinorUnit = ["JPY", "KRW", "VND", "CLP", "ISK"];

    public static decimal Round(decimal amount, string currency) =>
        Math.Round(amount, WithoutMinorUnit.Contains(currency) ? 0 : 2, MidpointRounding.AwayFromZero);
}
