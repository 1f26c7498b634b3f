using Callback.Telephony;

namespace Callback.Practice;

/// <summary>What the phone of an invented customer does: a pure function of character and seed.</summary>
internal static class CustomerPhone
{
    private const int MostExtraMilliseconds = 3000;

    public static IReadOnlyList<PracticeStep> Steps(CustomerCharacter customer, int seed)
    {
        var rings = TimeSpan.FromMilliseconds(500 + PracticeDice.For(seed, "rings").Next(1000));
        var answered = rings + customer.AnswersAfter + TimeSpan.FromMilliseconds(PracticeDice.For(seed, "answers").Next(MostExtraMilliseconds));
        return
        [
            new(0, CallState.Initiated, TimeSpan.Zero),
            new(1, CallState.Ringing, rings),
            new(2, CallState.Answered, answered),
            new(PracticeCustomer.EndSequence, CallState.Completed, answered + customer.Patience),
        ];
    }
}
