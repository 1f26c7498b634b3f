using Callback.Telephony;
using Callback.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Telephony;

public sealed class PracticeLineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_attempt_always_meets_the_same_customer() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<Guid>(), ArbMap.Default.ArbFor<int>(),
            (attempt, seed) => PracticeCustomer.Of(seed, attempt).Steps.SequenceEqual(PracticeCustomer.Of(seed, attempt).Steps))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_customers_story_runs_forward_and_ends_once() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<Guid>(),
            attempt =>
            {
                var steps = PracticeCustomer.Of(1, attempt).Steps;
                return steps.Zip(steps.Skip(1)).All(pair => pair.First.After < pair.Second.After && pair.First.State.Rank() < pair.Second.State.Rank())
                    && steps.Count(step => step.State.IsOver()) == 1 && steps[^1].State.IsOver();
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_character_is_met_among_a_few_hundred_calls()
    {
        var met = Enumerable.Range(0, 300).Select(i => PracticeCustomer.Of(1, Ids.New(Start.AddSeconds(i))).Character).CountBy(character => character).ToDictionary();
        Assert.Equal(Enum.GetValues<PracticeCharacter>(), met.Keys.Order());
        Assert.True(met[PracticeCharacter.Talks] > 120, "most customers talk");
    }

    [Fact]
    public async Task What_has_not_happened_yet_is_not_told()
    {
        var time = new ManualTime(Start);
        var line = new PracticeLine(new(), time, new DrawnCast());
        var call = CallOf(PracticeCharacter.Talks);
        Assert.Equal([CallState.Initiated], (await line.PollAsync(call, default)).Select(heard => heard.State));
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([CallState.Initiated, CallState.Ringing, CallState.Answered, CallState.Completed], (await line.PollAsync(call, default)).Select(heard => heard.State));
    }

    [Fact]
    public async Task Hanging_up_before_the_answer_cancels_the_call_and_later_completes_it()
    {
        var time = new ManualTime(Start);
        var line = new PracticeLine(new(), time, new DrawnCast());
        var call = CallOf(PracticeCharacter.Talks);
        Assert.Equal(CallState.Canceled, (await line.HangUpAsync(call, default))!.State);
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(CallState.Completed, (await line.HangUpAsync(call, default))!.State);
    }

    [Fact]
    public async Task Past_the_deadline_no_line_takes_the_call()
    {
        var time = new ManualTime(Start);
        var deadline = Deadline.StartNow(time);
        time.Advance(Deadline.Span);
        foreach (var line in new ILine[] { new ManualLine(), new PracticeLine(new(), time, new DrawnCast()) })
            Assert.Equal(new LineAnswer.Refused("deadline"), await line.PlaceAsync(CallOf(PracticeCharacter.Talks), deadline, default));
    }

    [Fact]
    public void A_state_only_rises()
    {
        foreach (var known in Enum.GetValues<CallState>())
            foreach (var heard in Enum.GetValues<CallState>())
                Assert.True(CallStates.Later(known, heard).Rank() >= known.Rank());
        Assert.Equal(CallState.Busy, CallStates.Later(CallState.Busy, CallState.Completed));
    }

    private static LineCall CallOf(PracticeCharacter character)
    {
        var attempt = Enumerable.Range(0, 1000).Select(i => Ids.New(Start.AddSeconds(i))).First(id => PracticeCustomer.Of(1, id).Character == character);
        return new(new("s"), attempt, new("+8613800138000"), Start, null);
    }
}
