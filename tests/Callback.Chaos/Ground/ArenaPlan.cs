namespace Callback.Chaos.Ground;

/// <summary>How an arena is set up.</summary>
/// <param name="Squeeze">By how much the program's waiting is shortened.</param>
/// <param name="Clock">Where the installation's clock starts; null: as it is.</param>
/// <param name="Without">Guards of the program that are taken out, for controls.</param>
internal sealed record ArenaPlan(int Squeeze = 15, DateTimeOffset? Clock = null, string Without = "")
{
    /// <summary>How far the provider's lists are behind; less than the program counts with.</summary>
    public TimeSpan ListLag => TimeSpan.FromSeconds(20) / Squeeze;

    /// <summary>A request's whole life, as the protocol promises it: a call that is created for it is created within this time.</summary>
    public TimeSpan RequestLife => TimeSpan.FromSeconds(30) / Squeeze;
}
