namespace Callback;

/// <summary>
/// Work that comes round by itself: one idempotent pass, safe to run twice at once. A slice registers it as a service; the host wakes one node of the cluster
/// each <see cref="Every"/>. What is due is read from rows, never from the moment of waking.
/// </summary>
public interface IPass
{
    /// <summary>kebab-case, unique: the name in logs, metrics and the health check.</summary>
    string Name { get; }

    /// <summary>The period, 1 second to 1 day.</summary>
    TimeSpan Every { get; }

    /// <param name="now">The present by the installation's clock.</param>
    /// <param name="ct">Ends the pass between two units of work.</param>
    /// <returns>What was done, as counts for the log.</returns>
    Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct);
}
