using Callback.Database;

namespace Callback.Accounts;

/// <summary>Reads of users that several use cases share.</summary>
public sealed class UserQueries(Db db)
{
    private const string ByNameSql =
        $"""
        select {UserRow.Columns}
        from users u
        where u.name = @name
        """;

    private const string ByIdSql =
        $"""
        select {UserRow.Columns}
        from users u
        where u.user_id = @userId
        """;

    private const string PageSql =
        $"""
        select {UserRow.Columns}
        from users u
        where u.name > @after
        order by u.name
        limit @limit
        """;

    /// <summary>By the folded name, whether disabled or not; for sign-in, so without an actor.</summary>
    public async Task<UserWithRoles?> FindByNameAsync(string name, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        return await FindByNameAsync(session, name, ct);
    }

    public async Task<UserWithRoles?> FindAsync(Guid userId, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        return (await session.QuerySingleOrDefaultAsync<UserRow>(ByIdSql, new { userId }, ct))?.ToUser();
    }

    /// <summary>The users after a name, in the order of names.</summary>
    public async Task<IReadOnlyList<UserWithRoles>> PageAsync(Actor actor, string? after, int limit, CancellationToken ct)
    {
        actor.Demand(Permission.ManageUsers);
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        var rows = await session.QueryAsync<UserRow>(PageSql, new { after = after ?? "", limit }, ct);
        return [.. rows.Select(row => row.ToUser())];
    }

    internal static async Task<UserWithRoles?> FindByNameAsync(Session session, string name, CancellationToken ct) =>
        (await session.QuerySingleOrDefaultAsync<UserRow>(ByNameSql, new { name = name.Trim().ToLowerInvariant() }, ct))?.ToUser();

    /// <exception cref="InvalidInputException">There is no such user.</exception>
    internal static async Task<UserWithRoles> LockAsync(Session session, Guid userId, CancellationToken ct) =>
        (await session.QuerySingleOrDefaultAsync<UserRow>(ByIdSql + "\nfor update of u", new { userId }, ct))?.ToUser()
        ?? throw new InvalidInputException(Problem.Of("user-unknown", "user"));
}
