using System.Text.RegularExpressions;

namespace Callback.Calls.Running;

/// <summary>Key tones towards the customer: menus, extensions. The customer is out of the room for as long as the tones last.</summary>
public sealed partial class SendDigits(RoomActs acts)
{
    /// <param name="actor">The call's agent.</param>
    /// <param name="attemptId">The call.</param>
    /// <param name="digits">1–32 of 0–9, *, # and w, half a second of silence.</param>
    /// <param name="ct">Only until the line is asked.</param>
    /// <exception cref="InvalidInputException"><c>attempt-unknown</c>, <c>call-not-bridged</c>, <c>call-not-on</c>, <c>digits-invalid</c>.</exception>
    public async Task<ActResult> RunAsync(Actor actor, Guid attemptId, string digits, CancellationToken ct)
    {
        var call = await acts.OwnAsync(actor, attemptId, ct);
        RoomActs.DemandAnswered(call);
        if (!Keys().IsMatch(digits))
            throw new InvalidInputException(Problem.Of("digits-invalid", "digits"));
        return await acts.ResultAsync(call, await acts.Line.SendDigitsAsync(acts.LineCallOf(call), digits, CancellationToken.None), CancellationToken.None);
    }

    [GeneratedRegex(@"\A[0-9*#w]{1,32}\z")]
    private static partial Regex Keys();
}
