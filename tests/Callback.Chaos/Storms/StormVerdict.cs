using System.Text.Json;
using Callback.Chaos.Actors;
using Callback.Chaos.Ground;
using Callback.Chaos.Proof;

namespace Callback.Chaos.Storms;

/// <summary>What the two witnesses say of a storm: the phone network's log held against the plan, and the rows against log and ledger.</summary>
internal sealed class StormVerdict(StormPlan plan, Arena arena, ShopPlan shop, Ledger ledger, RingLog log)
{
    private TimeSpan? offset;

    /// <summary>What the phone network's log says up to now.</summary>
    public async Task<Testimony> HearAsync()
    {
        offset ??= await arena.Database.OneAsync<TimeSpan>("select business_clock() - clock_timestamp()");
        var late = TimeSpan.FromSeconds(2) + plan.Arena.RequestLife + TimeSpan.FromSeconds(1);
        return new Witness(shop, ledger, offset.Value, late).Hear(log.Read());
    }

    /// <summary>What both witnesses say at the end.</summary>
    /// <param name="lost">A time whose rows were taken away with the database: of calls that were asked for in it the rows can't tell.</param>
    public async Task<(StormTable Table, IReadOnlyList<string> Faults)> JudgeAsync((DateTimeOffset From, DateTimeOffset To)? lost = null)
    {
        var heard = await HearAsync();
        var lines = BothWitnesses.Without(log.Read(), lost);
        var stored = await StoredCallsReader.ReadAsync(arena.Database);
        var missing = BothWitnesses.LostResults(ledger, stored);
        string[] twice = [.. heard.Twice, .. BothWitnesses.TwiceByOrder(lines, stored)];
        List<string> faults =
        [
            .. twice, .. heard.Outside, .. heard.AfterWord, .. missing, .. heard.AskedTwice, .. BothWitnesses.EndsMissing(lines, stored), .. BothWitnesses.UnrungThatWas(lines, stored),
            .. BothWitnesses.AskedForNothing(lines, stored), .. await VerifyAsync(),
        ];
        if (stored.EventsTwice > 0)
            faults.Add($"{stored.EventsTwice} events stand twice in the outbox");
        if (stored.ExitsWithoutReason > 0)
            faults.Add($"{stored.ExitsWithoutReason} queued calls left without a reason");
        var undecided = stored.Attempts.Values.Count(attempt => attempt.State is "Dialing" or "Unknown" or "Placed");
        if (undecided > 0)
            faults.Add($"{undecided} attempts are undecided after the drain");
        if (heard.Rings == 0)
            faults.Add("no phone rang at all");
        return (new StormTable
        {
            Rings = heard.Rings,
            Twice = twice.Length,
            Outside = heard.Outside.Count,
            AfterPaid = heard.AfterWord.Count,
            Acknowledged = ledger.Results.Count,
            Lost = missing.Count,
            SpentUnrung = stored.Attempts.Values.Count(attempt => attempt.State == "Spent"),
            Undecided = undecided,
            Posts = lines.Count(line => line is { What: "asked", Attempt: not null }),
            Attempts = stored.Attempts.Count,
        }, faults);
    }

    /// <summary>From a kill or crash to the next thing that was acknowledged to anybody.</summary>
    public static TimeSpan SlowestRecovery(Ledger ledger, IEnumerable<DateTimeOffset> moments)
    {
        var good = ledger.Results.Values.Select(result => result.At).Concat(ledger.Dialed.Values).Order().ToList();
        return moments.Select(moment => good.FirstOrDefault(at => at > moment) is var next && next != default ? next - moment : TimeSpan.Zero).DefaultIfEmpty().Max();
    }

    /// <summary>The second witness: what the program itself finds in its rows.</summary>
    private async Task<IReadOnlyList<string>> VerifyAsync()
    {
        var (code, output, error) = await arena.VerbAsync("verify", "--json");
        await File.WriteAllTextAsync(arena.Run.File("verify.json"), output);
        if (code == 0)
            return [];
        if (output.Length == 0)
            return [$"callback verify ended with {code}: {error}"];
        return [.. JsonDocument.Parse(output).RootElement.GetProperty("invariants").EnumerateArray().Where(invariant => invariant.GetProperty("found").GetInt64() > 0)
            .SelectMany(invariant => invariant.GetProperty("violations").EnumerateArray().Select(violation => $"verify: {invariant.GetProperty("code")} {violation.GetProperty("subject")} {violation.GetProperty("detail")}"))];
    }
}
