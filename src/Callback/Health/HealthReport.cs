namespace Callback.Health;

/// <summary>How the installation is, as one node sees it.</summary>
/// <param name="At">By the database's clock.</param>
/// <param name="Figures">In the order of <see cref="HealthPolicy.Limits"/>.</param>
/// <param name="Nodes">The one that was asked first.</param>
public sealed record HealthReport(DateTimeOffset At, HealthEpoch Epoch, IReadOnlyList<HealthFigure> Figures, IReadOnlyList<HealthNode> Nodes)
{
    public HealthFigure this[HealthLimit limit] => Figures.First(figure => figure.Limit == limit);

    public int Count(HealthLevel level) => Figures.Count(figure => figure.Level == level);
}

/// <summary>Which database server the installation knows, and which one answers.</summary>
/// <param name="Known">Null: nothing was dialed yet.</param>
/// <param name="AdoptedAt">When somebody last said that this server is the one; null: never.</param>
/// <param name="Refusal">Why the gate of the node that was asked refuses everything (<c>ClockBack</c>, <c>ClockSkew</c>, <c>EpochChanged</c>); null: it dials.</param>
public sealed record HealthEpoch(DatabaseServer? Known, DatabaseServer Actual, DateTimeOffset? AdoptedAt, string? AdoptedBy, string? Refusal)
{
    public bool Changed => Known is not null && Known != Actual;

    /// <summary>A node saw that the database is behind what it was: no server has timeline 0.</summary>
    public bool PutBack => Known is { Timeline: 0 };
}

/// <param name="System">As <c>pg_control_system()</c> has it.</param>
/// <param name="Timeline">Goes up with every promotion.</param>
public sealed record DatabaseServer(long System, int Timeline);

/// <summary>A running process.</summary>
/// <param name="Difference">Its clock minus the database's.</param>
/// <param name="RanBack">How far it saw the database's clock run back.</param>
/// <param name="DiskFree">Of its data folder's disk, 0 to 1; null: not known.</param>
public sealed record HealthNode(
    Guid NodeId, string Name, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, TimeSpan Difference, TimeSpan RanBack, double? DiskFree)
{
    /// <summary>After this long without a sign it is gone or cut off.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(1);

    public bool IsSilent(DateTimeOffset now) => now - SeenAt > SilentAfter;
}
