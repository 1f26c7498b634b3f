namespace Callback.Planning;

/// <summary>Brings promised and other further calls into the queue within seconds of their time.</summary>
public sealed class QueueDueGrants(Planner planner) : IPass
{
    public string Name => "due-grants";

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct) => await planner.QueueDueGrantsAsync(now, ct);
}
