using Callback.Telephony;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Telephony.Twilio;

public sealed class CallRateTests
{
    [Fact]
    public void The_first_call_goes_at_once_and_the_next_after_its_share_of_the_second()
    {
        using var stage = new RateStage(2);
        Assert.True(Done(stage.Ask()));
        var second = stage.Ask();
        stage.Jump(TimeSpan.FromMilliseconds(499));
        Assert.False(second.IsCompleted);
        stage.Jump(TimeSpan.FromMilliseconds(1));
        Assert.True(Done(second));
    }

    [Fact]
    public void Who_would_come_too_late_is_told_at_once_and_uses_no_turn()
    {
        using var stage = new RateStage(1);
        var deadline = stage.NewDeadline();
        Assert.True(Done(stage.Ask(deadline)));
        var inTime = stage.Ask(deadline);
        Assert.False(Done(stage.Ask(deadline)));
        var patient = stage.Ask();
        stage.Go(TimeSpan.FromSeconds(1));
        Assert.True(Done(inTime));
        Assert.False(patient.IsCompleted);
        stage.Go(TimeSpan.FromSeconds(1));
        Assert.True(Done(patient));
    }

    [Fact]
    public void A_process_that_was_paused_in_the_queue_sends_nothing()
    {
        using var stage = new RateStage(1);
        Assert.True(Done(stage.Ask()));
        var waiting = stage.Ask(stage.NewDeadline());
        stage.Jump(Deadline.Span);
        Assert.False(Done(waiting));
        Assert.True(Done(stage.Ask()));
    }

    [Fact]
    public void Who_gives_up_in_the_queue_leaves_at_once_and_costs_nobody_a_turn()
    {
        using var stage = new RateStage(1);
        Assert.True(Done(stage.Ask()));
        using var gone = new CancellationTokenSource();
        var first = stage.Ask();
        var second = stage.Ask(ct: gone.Token);
        var third = stage.Ask();
        gone.Cancel();
        stage.Settle();
        Assert.True(second.IsCanceled);
        stage.Go(TimeSpan.FromSeconds(1));
        Assert.True(Done(first));
        Assert.False(third.IsCompleted);
        stage.Go(TimeSpan.FromSeconds(1));
        Assert.True(Done(third));
    }

    /// <summary>However they come and whoever leaves: turns go in order, never closer than the rate, never past a deadline; nobody waits for a turn that is not given.</summary>
    [Fact]
    public void Turns_go_in_order_no_closer_than_the_rate_and_never_past_a_deadline() =>
        Prop.ForAll(Gen.Zip(Gen.Choose(1, 30), Gen.Zip(Gen.Choose(0, 700), Gen.Choose(0, 3)).ArrayOf(12)).ToArbitrary(), given => Play(given.Item1, given.Item2)).QuickCheckThrowOnFailure();

    private static void Play(int perSecond, (int Gap, int Kind)[] callers)
    {
        using var stage = new RateStage(perSecond);
        using var impatient = new CancellationTokenSource();
        var turns = new List<(int Who, DateTimeOffset At)>();
        var all = new List<Task>();
        foreach (var ((gap, kind), who) in callers.Select((caller, who) => (caller, who)))
        {
            stage.Go(TimeSpan.FromMilliseconds(gap));
            all.Add(TakeAsync(stage, who, kind == 1 ? stage.NewDeadline() : null, turns, kind == 2 ? impatient.Token : default));
        }
        impatient.Cancel();
        // One second for everybody is the slowest there is.
        stage.Go(TimeSpan.FromSeconds(callers.Length));
        Assert.All(all, caller => Assert.True(caller.IsCompleted && !caller.IsFaulted));
        Assert.Equal(turns.Select(turn => turn.Who).Order(), turns.Select(turn => turn.Who));
        Assert.All(turns.Zip(turns.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(1) / perSecond));
        Assert.All(Enumerable.Range(0, callers.Length).Where(who => callers[who].Kind is 0 or 3), who => Assert.Contains(turns, turn => turn.Who == who));
    }

    private static async Task TakeAsync(RateStage stage, int who, Deadline? deadline, List<(int Who, DateTimeOffset At)> turns, CancellationToken ct)
    {
        if (!await stage.Ask(deadline, ct))
            return;
        Assert.False(deadline is { Passed: true });
        turns.Add((who, stage.Now));
    }

    private static bool Done(Task<bool> turn) => turn.IsCompletedSuccessfully ? turn.GetAwaiter().GetResult() : throw new InvalidOperationException("It is still waiting.");
}
