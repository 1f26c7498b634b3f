using System.Globalization;

namespace Callback.Chaos.Storms;

/// <summary>What a storm came to, in figures.</summary>
internal sealed record StormTable
{
    public int Rings { get; init; }

    /// <summary>How long the faults lasted.</summary>
    public TimeSpan Raged { get; init; }

    public int Twice { get; init; }

    public int Outside { get; init; }

    public int AfterPaid { get; init; }

    public int Acknowledged { get; init; }

    public int Lost { get; init; }

    public int SpentUnrung { get; init; }

    public int Undecided { get; init; }

    public TimeSpan SlowestRecovery { get; init; }

    public int Kills { get; init; }

    public int Crashes { get; init; }

    public int Pauses { get; init; }

    public int Posts { get; init; }

    public int Attempts { get; init; }

    public int Seed { get; init; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Rings} rings in {Raged.TotalSeconds:0} s, {Twice} twice, {Outside} outside, {AfterPaid} after paid; {Acknowledged} acknowledged, {Lost} lost; {SpentUnrung} spent unrung, {Undecided} undecided; slowest recovery {SlowestRecovery.TotalSeconds:0.0} s; {Kills} kills, {Crashes} crashes, {Pauses} pauses; {Posts} POSTs for {Attempts} attempts; seed {Seed}");
}
