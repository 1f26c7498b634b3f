using Callback.Database;

namespace Callback.FollowUps;

/// <param name="Reason">Why the customer may be called once more although the right is spent.</param>
public sealed record RequestReleaseInput(ShopId Shop, Guid AttemptId, string Reason);

public sealed record RequestedRelease(ShopId Shop, Guid AttemptId, IReadOnlyList<(string OrderNo, int GrantNo)> Grants);

/// <summary>Asks that an attempt which was spent without a ring be released; it counts only once another person approved it.</summary>
public sealed class RequestRelease(Db db, TimeProvider time)
{
    /// <exception cref="InvalidInputException">attempt-unknown, not-spent, reason-required, already-begotten (one attempt begets at most one grant).</exception>
    public Task<RequestedRelease> RunAsync(Actor actor, RequestReleaseInput input, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
