using Callback.Database;

namespace Callback.FollowUps;

public sealed record ApproveReleaseInput(ShopId Shop, Guid AttemptId);

/// <summary>The second person's yes.</summary>
public sealed class ApproveRelease(Db db, TimeProvider time)
{
    /// <exception cref="InvalidInputException">no-release-waiting, or same-person: who asked can't approve.</exception>
    public Task RunAsync(Actor actor, ApproveReleaseInput input, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
