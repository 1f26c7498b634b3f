using Callback.Chaos.Actors;
using Callback.Chaos.Ground;
using Callback.Chaos.Proof;

namespace Callback.Web.Tests.Chaos;

/// <summary>Log, ledger and rows are held against each other: whatever one knows and another does not is found.</summary>
public sealed class BothWitnessesTests : IDisposable
{
    private static readonly Guid First = Guid.Parse("0198f000-0000-7000-8000-000000000001");
    private static readonly Guid Second = Guid.Parse("0198f000-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset At = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly RunFolder run = RunFolder.Create("both-witnesses", 1);

    [Fact]
    public void An_acknowledged_result_that_is_not_on_record_is_lost()
    {
        using var ledger = new Ledger(run);
        ledger.ResultSaved(Second, First, "WillPay");
        Assert.Empty(BothWitnesses.LostResults(ledger, Stored(submissions: new() { [Second] = First })));
        Assert.Single(BothWitnesses.LostResults(ledger, Stored()));
        Assert.Single(BothWitnesses.LostResults(ledger, Stored(submissions: new() { [Second] = Second })));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("Technical", true)]
    [InlineData("Promised", false)]
    [InlineData("Repair", false)]
    [InlineData("Released", false)]
    public void An_order_rings_again_only_by_a_grant_with_evidence(string? kind, bool found)
    {
        var stored = Stored(rights: [new(First, "A", 0, null, null), new(Second, "A", 1, kind, null)]);
        Assert.Equal(found, BothWitnesses.TwiceByOrder([Line("rang", First), Line("rang", Second)], stored).Count > 0);
        Assert.Empty(BothWitnesses.TwiceByOrder([Line("rang", Second)], stored));
    }

    [Fact]
    public void A_technical_grant_after_a_ring_is_found()
    {
        var stored = Stored(rights: [new(First, "A", 0, null, null), new(Second, "A", 1, "Technical", First)]);
        Assert.Single(BothWitnesses.TwiceByOrder([Line("rang", First)], stored));
    }

    [Theory]
    [InlineData("Ended", "CA1", false)]
    [InlineData("Placed", "CA1", true)]
    [InlineData("Ended", "CA2", true)]
    public void A_call_that_ended_has_its_end_on_record(string state, string call, bool found) =>
        Assert.Equal(found, BothWitnesses.EndsMissing([Line("ended", First)], Stored(new StoredAttempt(First, state, call, At))).Count == 1);

    [Theory]
    [InlineData("NotPlaced", true)]
    [InlineData("Spent", true)]
    [InlineData("Ended", false)]
    public void What_counts_as_unrung_was_never_dialled(string state, bool found)
    {
        var stored = Stored(new StoredAttempt(First, state, null, At));
        Assert.Equal(found, BothWitnesses.UnrungThatWas([Line("dialled", First)], stored).Count == 1);
        Assert.Empty(BothWitnesses.UnrungThatWas([Line("asked", First)], stored));
    }

    [Fact]
    public void Nothing_is_asked_for_without_an_attempt()
    {
        Assert.Single(BothWitnesses.AskedForNothing([Line("asked", First)], Stored()));
        Assert.Empty(BothWitnesses.AskedForNothing([Line("asked", First)], Stored(new StoredAttempt(First, "Spent", null, At))));
    }

    [Fact]
    public void The_log_is_read_on_from_where_it_was_whole()
    {
        var file = run.File("rings.log");
        const string Whole = """{"at":"2026-11-23T12:00:00+00:00","what":"rang","number":"+8613900000001","call":"CA1","about":"http://127.0.0.1:1/webhooks/twilio/storm/0198f00000007000800000000000000a/mark-of_it/status"}""";
        const string Leg = """{"at":"2026-11-23T12:00:01+00:00","what":"asked","number":"+12025550001","call":null,"about":"http://127.0.0.1:1/webhooks/twilio/storm/0198f00000007000800000000000000b/mark/leg"}""";
        var log = new RingLog(file);
        Assert.Empty(log.Read());
        File.WriteAllText(file, Whole + "\n" + Leg[..40]);
        Assert.Equal(Guid.Parse("0198f000-0000-7000-8000-00000000000a"), Assert.Single(log.Read()).Attempt);
        File.AppendAllText(file, Leg[40..] + "\n");
        Assert.Equal((null, null), (log.Read()[1].Attempt, log.Read()[1].Call));
        Assert.Equal(2, log.Read().Count);
    }

    public void Dispose() => run.Remove();

    private static RingLine Line(string what, Guid attempt) => new(At, what, "+8613900000001", "CA1", attempt);

    private static StoredCalls Stored(StoredAttempt? attempt = null, StoredRight[]? rights = null, Dictionary<Guid, Guid>? submissions = null) =>
        new(attempt is null ? new Dictionary<Guid, StoredAttempt>() : new() { [attempt.Id] = attempt }, rights ?? [], submissions ?? [], 0, 0);
}
