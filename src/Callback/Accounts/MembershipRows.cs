using Callback.Database;
using Npgsql;

namespace Callback.Accounts;

/// <summary>Who is what in which shop, as rows.</summary>
internal static class MembershipRows
{
    private const string DeleteSql = "delete from memberships where user_id = @userId";

    private const string InsertSql =
        """
        insert into memberships (shop_id, user_id, role)
        select distinct m.shop_id, @userId, m.role
        from unnest(@shops, @roles) as m (shop_id, role)
        """;

    /// <exception cref="ShopUnknownException">One of the shops does not exist.</exception>
    public static async Task ReplaceAsync(Session session, Guid userId, IReadOnlyList<Membership> memberships, CancellationToken ct)
    {
        await session.ExecuteAsync(DeleteSql, new { userId }, ct);
        var shops = memberships.Select(membership => membership.Shop.Value).ToArray();
        var roles = memberships.Select(membership => membership.Role.ToString()).ToArray();
        try
        {
            await session.ExecuteAsync(InsertSql, new { userId, shops, roles }, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new ShopUnknownException(Unknown(e, memberships));
        }
    }

    public static string[] Describe(IEnumerable<Membership> memberships) =>
        [.. memberships.Select(membership => membership.ToString()).Order(StringComparer.Ordinal)];

    private static ShopId Unknown(PostgresException e, IReadOnlyList<Membership> memberships) =>
        memberships.Select(membership => membership.Shop)
            .FirstOrDefault(shop => e.Detail?.Contains($"({shop})", StringComparison.Ordinal) == true, memberships[0].Shop);
}
