namespace Callback.Telephony.Twilio;

/// <summary>Lets as many calls a second through as the account may create, in the order they came.</summary>
public sealed class CallRate(int callsPerSecond, TimeProvider time)
{
    /// <summary>Waits for the turn, but never past the deadline.</summary>
    /// <returns>False: the turn would come too late. Nothing may be sent, and no turn was used.</returns>
    public Task<bool> WaitAsync(Deadline? deadline, CancellationToken ct) => throw new NotImplementedException($"{callsPerSecond} {time}");
}
