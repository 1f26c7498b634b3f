using Callback.Auditing;
using Callback.Database;

namespace Callback.Accounts;

/// <summary>Says anew what a user is in which shop; holds from their next request.</summary>
public sealed class SetMemberships(Db db, TimeProvider time)
{
    /// <exception cref="InvalidInputException">The roles do not go together, or there is no such user.</exception>
    public async Task RunAsync(Actor actor, Guid userId, IReadOnlyList<Membership> memberships, CancellationToken ct)
    {
        actor.Demand(Permission.ManageUsers);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var before = await UserQueries.LockAsync(session, userId, ct);
        if (UserPolicy.RoleProblems(before.User.IsAdmin, memberships).FirstOrDefault() is { } problem)
            throw new InvalidInputException(problem);
        await MembershipRows.ReplaceAsync(session, userId, memberships, ct);
        var details = new { Before = MembershipRows.Describe(before.Memberships), After = MembershipRows.Describe(memberships) };
        await AuditTrail.AppendAsync(session, null, actor, time.GetUtcNow(), "user.roles-changed", $"user:{before.User.Name}", details, ct);
        await session.CommitAsync();
    }
}
