namespace Callback.Chaos;

/// <summary>One test of the plan. What it finds is a row; a broken ground (no PostgreSQL, no program) is an exception.</summary>
/// <param name="Name">Its name in the plan: T1 …</param>
/// <param name="About">What it does, for the list of tests.</param>
/// <param name="RunAsync">Runs it.</param>
internal sealed record ChaosTest(string Name, string About, Func<ChaosOptions, CancellationToken, Task<ChaosRow>> RunAsync);

/// <summary>What a test came to.</summary>
/// <param name="Figure">The figures it reached, in words.</param>
/// <param name="Faults">What must not be and was; none: passed.</param>
internal sealed record ChaosRow(string Name, string Figure, IReadOnlyList<string> Faults)
{
    private const int MostShown = 20;

    public bool Passed => Faults.Count == 0;

    public override string ToString()
    {
        var shown = Faults.Take(MostShown).Select(fault => $"{Environment.NewLine}     {fault}");
        var more = Faults.Count > MostShown ? $"{Environment.NewLine}     … and {Faults.Count - MostShown} more" : "";
        return $"{Name,-4} {(Passed ? "passed" : "FAILED")}  {Figure}{string.Concat(shown)}{more}";
    }
}
