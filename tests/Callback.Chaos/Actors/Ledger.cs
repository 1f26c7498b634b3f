using System.Collections.Concurrent;
using System.Text.Json;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Actors;

/// <summary>What the program said it had done, written down by those who were told, the moment they were told. Kept in a file line by line.</summary>
internal sealed class Ledger : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter file;

    public Ledger(RunFolder run) => file = new(run.File("ledger.jsonl"), append: true) { AutoFlush = true };

    /// <summary>Results: the submission's id, and the attempt.</summary>
    public ConcurrentDictionary<Guid, AcknowledgedResult> Results { get; } = [];

    /// <summary>Payments by order.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Payments { get; } = [];

    /// <summary>Opt-outs by number.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> OptOuts { get; } = [];

    /// <summary>Attempts that the gate told an agent of.</summary>
    public ConcurrentDictionary<Guid, DateTimeOffset> Dialed { get; } = [];

    /// <summary>What was acknowledged in this time was taken away with the database, and is not held against the program.</summary>
    public void Forget(DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var result in Results.Where(result => result.Value.At >= from && result.Value.At <= to))
            Results.TryRemove(result);
        foreach (var paid in Payments.Where(paid => paid.Value >= from && paid.Value <= to))
            Payments.TryRemove(paid);
        foreach (var optOut in OptOuts.Where(optOut => optOut.Value >= from && optOut.Value <= to))
            OptOuts.TryRemove(optOut);
        Did("forget", new { from, to });
    }

    public void ResultSaved(Guid submission, Guid attempt, string outcome)
    {
        Results[submission] = new(attempt, Wait.Now, outcome);
        Write(new { what = "result", submission, attempt, outcome, at = Wait.Now });
    }

    public void Paid(string order)
    {
        Payments[order] = Wait.Now;
        Write(new { what = "paid", order, at = Wait.Now });
    }

    public void OptedOut(string number)
    {
        OptOuts[number] = Wait.Now;
        Write(new { what = "opt-out", number, at = Wait.Now });
    }

    public void WasDialed(Guid attempt, string agent)
    {
        Dialed[attempt] = Wait.Now;
        Write(new { what = "dialed", attempt, agent, at = Wait.Now });
    }

    /// <summary>What was done to the installation.</summary>
    public void Did(string what, object? more = null) => Write(new { what, at = Wait.Now, more });

    public void Dispose()
    {
        lock (gate)
            file.Dispose();
    }

    private void Write(object line)
    {
        lock (gate)
            file.WriteLine(JsonSerializer.Serialize(line));
    }
}

internal sealed record AcknowledgedResult(Guid Attempt, DateTimeOffset At, string Outcome);
