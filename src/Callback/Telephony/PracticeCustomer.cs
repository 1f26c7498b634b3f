using System.Buffers.Binary;

namespace Callback.Telephony;

public enum PracticeCharacter
{
    Talks,
    Ignores,
    Busy,
    Declines,
    HangsUp,
    SwitchedOff,
}

/// <param name="After">Time since the dial.</param>
public readonly record struct PracticeStep(int Sequence, CallState State, TimeSpan After);

/// <summary>One simulated customer: a pure function of the installation's seed and the attempt.</summary>
public sealed record PracticeCustomer(PracticeCharacter Character, IReadOnlyList<PracticeStep> Steps)
{
    internal const int EndSequence = 3;

    // Out of 100: most customers talk, so that a trainee gets to talk.
    private static readonly (PracticeCharacter Character, int Share)[] Shares =
    [
        (PracticeCharacter.Talks, 62),
        (PracticeCharacter.Ignores, 16),
        (PracticeCharacter.Busy, 6),
        (PracticeCharacter.Declines, 5),
        (PracticeCharacter.HangsUp, 7),
        (PracticeCharacter.SwitchedOff, 4),
    ];

    public static PracticeCustomer Of(int seed, Guid attemptId)
    {
        Span<byte> id = stackalloc byte[16];
        attemptId.TryWriteBytes(id);
        var dice = new PracticeDice((ulong)seed ^ BinaryPrimitives.ReadUInt64LittleEndian(id) ^ (BinaryPrimitives.ReadUInt64LittleEndian(id[8..]) * 0x9E3779B97F4A7C15));
        var character = Draw(dice);
        return new(character, Behave(character, dice));
    }

    private static PracticeCharacter Draw(PracticeDice dice)
    {
        var roll = dice.Next(100);
        foreach (var (character, share) in Shares)
        {
            if (roll < share)
                return character;
            roll -= share;
        }
        return PracticeCharacter.Talks;
    }

    private static PracticeStep[] Behave(PracticeCharacter character, PracticeDice dice)
    {
        var rings = Seconds(1, 3, dice);
        PracticeStep[] start = [new(0, CallState.Initiated, TimeSpan.Zero), new(1, CallState.Ringing, rings)];
        var answered = rings + Seconds(2, 9, dice);
        return character switch
        {
            PracticeCharacter.Talks => [.. start, Answered(answered), End(CallState.Completed, answered + Seconds(60, 240, dice))],
            PracticeCharacter.HangsUp => [.. start, Answered(answered), End(CallState.Completed, answered + Seconds(2, 7, dice))],
            PracticeCharacter.Ignores => [.. start, End(CallState.NoAnswer, rings + TimeSpan.FromSeconds(30))],
            PracticeCharacter.Declines => [.. start, End(CallState.Declined, answered)],
            PracticeCharacter.Busy => [start[0], End(CallState.Busy, rings)],
            _ => [start[0], End(CallState.Failed, rings)],
        };
    }

    private static PracticeStep Answered(TimeSpan after) => new(2, CallState.Answered, after);

    private static PracticeStep End(CallState state, TimeSpan after) => new(EndSequence, state, after);

    private static TimeSpan Seconds(int from, int to, PracticeDice dice) => TimeSpan.FromMilliseconds(from * 1000 + dice.Next((to - from) * 1000));
}
