using System.Text.Json;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Load;

/// <summary>
/// Holds the phone network's log against the database: every customer's call belongs to one attempt whose right was committed before the call was asked for, by the commit times that
/// PostgreSQL keeps itself. Both clocks are this machine's.
/// </summary>
internal sealed class CommittedGates(Arena arena)
{
    private sealed record Line(DateTimeOffset At, string What, string? Number, string? Call, string? About);

    /// <summary>Before the shop opens: commit times are kept from now on.</summary>
    public static async Task KeepTimesAsync(PgCluster cluster)
    {
        await cluster.ExecuteAsync("alter system set track_commit_timestamp = on", "postgres");
        await cluster.StopAsync();
        await cluster.StartAsync();
    }

    /// <returns>How many phones of customers rang, and what must not be.</returns>
    public async Task<(int Rings, IReadOnlyList<string> Faults)> LookAsync()
    {
        var gates = (await arena.Cluster.ManyAsync(
            "select attempt_id, max(pg_xact_commit_timestamp(xmin)), count(*) from attempt_rights group by attempt_id",
            row => (Attempt: row.GetGuid(0), At: row.GetFieldValue<DateTimeOffset>(1)))).ToDictionary(row => row.Attempt, row => row.At);
        var log = (await File.ReadAllLinesAsync(arena.Phones.LogFile))
            .Select(text => JsonSerializer.Deserialize<Line>(text, JsonSerializerOptions.Web)!)
            .Select(line => (line.What, line.At, Attempt: AttemptOf(line.About)))
            .Where(line => line.Attempt is not null)
            .ToLookup(line => line.What, line => (Attempt: line.Attempt!.Value, line.At));
        var faults = new List<string>();
        foreach (var (attempt, at) in log["asked"].Where(asked => !gates.TryGetValue(asked.Attempt, out var gate) || gate > asked.At))
            faults.Add($"attempt {attempt} was asked for at {at:O}, its gate was committed {(gates.TryGetValue(attempt, out var gate) ? $"at {gate:O}" : "never")}");
        foreach (var what in new[] { "asked", "rang" })
            faults.AddRange(log[what].GroupBy(line => line.Attempt).Where(lines => lines.Count() > 1).Select(lines => $"attempt {lines.Key} {what} {lines.Count()} times"));
        faults.AddRange(log["rang"].Where(rang => !gates.ContainsKey(rang.Attempt)).Select(rang => $"attempt {rang.Attempt} rang and has no right"));
        return (log["rang"].Count(), faults);
    }

    /// <summary>The attempt is named by the address of a customer's events: …/shop/attempt/mark/status. Agents' own phones have others.</summary>
    private static Guid? AttemptOf(string? about) =>
        about is not null && new Uri(about).AbsolutePath.Split('/') is [.., var subject, _, "status"] && Guid.TryParse(subject, out var attempt) ? attempt : null;
}
