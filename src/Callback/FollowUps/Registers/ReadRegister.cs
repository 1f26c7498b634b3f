using Callback.Database;
using Dapper;

namespace Callback.FollowUps.Registers;

/// <param name="Next">Where the next page begins, or null at the end.</param>
public sealed record RegisterPage(IReadOnlyList<RegisterEntry> Rows, RegisterCursor? Next);

/// <summary>Courier cases and product problems of a period: summed up, or entry by entry.</summary>
public sealed class ReadRegister(Db db)
{
    /// <summary>The most names that are summed up; the ones with fewer calls are left out.</summary>
    public const int MostNames = 100;

    private const int Size = 50;

    /// <param name="actor">Needs <see cref="Permission.ViewLog"/>.</param>
    /// <param name="shop">Whose register.</param>
    /// <param name="kind">Which.</param>
    /// <param name="filter">The period, and what to narrow to.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <exception cref="InvalidInputException"><c>period-invalid</c>.</exception>
    public async Task<IReadOnlyList<RegisterSum>> SumAsync(Actor actor, ShopId shop, RegisterKind kind, RegisterFilter filter, CancellationToken ct)
    {
        actor.Demand(Permission.ViewLog, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var (from, until, _) = await filter.PeriodAsync(session, shop, ct);
        var weeks = (int)Math.Ceiling((until - from).TotalDays / 7);
        return await session.QueryAsync<RegisterSum>(
            RegisterSql.Sums(kind, filter), new { shop = shop.Value, from, until, name = filter.Name, cause = filter.Cause, weeks, most = MostNames }, ct);
    }

    /// <inheritdoc cref="SumAsync"/>
    /// <param name="after">The cursor of the page before, or null for the first.</param>
    public async Task<RegisterPage> PageAsync(Actor actor, ShopId shop, RegisterKind kind, RegisterFilter filter, RegisterCursor? after, CancellationToken ct)
    {
        actor.Demand(Permission.ViewLog, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var (from, until, _) = await filter.PeriodAsync(session, shop, ct);
        var args = new DynamicParameters(new { shop = shop.Value, from, until, name = filter.Name, cause = filter.Cause, limit = Size + 1 });
        var rows = await session.QueryAsync<RegisterEntry>(RegisterSql.Rows(kind, filter, after, args), args, ct);
        if (rows.Count <= Size)
            return new(rows, null);
        var last = rows[Size - 1];
        return new([.. rows.Take(Size)], new(last.At, last.AttemptId, last.Cause, last.Name));
    }
}
