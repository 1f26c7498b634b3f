using Callback.Auditing;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Orders;

/// <summary>Shows an order's number outside the dial gate: for a person with that permission, with a reason, a few times a shift, audited each time.</summary>
public sealed class RevealPhone(Db db, PersonalDataVault vault, ImportOptions options, TimeProvider time)
{
    private const int ShortestReason = 5;
    private const int LongestReason = 500;

    /// <exception cref="InvalidInputException">reason-too-short, reason-too-long.</exception>
    public async Task<RevealResult> RunAsync(Actor actor, ShopId shop, OrderNo orderNo, string reason, CancellationToken ct)
    {
        actor.Demand(Permission.RevealPhone, shop);
        if (actor.UserId is not { } user)
            throw new NotPermittedException(Permission.RevealPhone);
        Check(reason);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(actor.Scope, ct);
        // One after the other, so that two requests at once cannot both be the last one allowed.
        await session.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('reveal:' || @user::text, 0))", new { user }, ct);
        var since = now - options.Shift;
        var used = await session.QueryAsync<DateTimeOffset>("select at from phone_reveals where user_id = @user and at > @since order by at", new { user, since }, ct);
        if (used.Count >= options.RevealsPerShift)
            return new RevealResult.QuotaUsed(options.RevealsPerShift, used.Count == 0 ? now + options.Shift : used[0] + options.Shift);
        var cipher = (await session.QueryAsync<byte[]?>("select phone_cipher from orders where shop_id = @shop and order_no = @orderNo", new { shop, orderNo }, ct)).SingleOrDefault();
        if (cipher is null)
            return new RevealResult.NoNumber();
        await session.ExecuteAsync(
            """
            insert into phone_reveals (shop_id, reveal_id, order_no, user_id, reason, at)
            values (@shop, @id, @orderNo, @user, @reason, @now)
            """,
            new { shop, id = Ids.New(now), orderNo, user, reason = reason.Trim(), now },
            ct);
        await AuditTrail.AppendAsync(session, shop, actor, now, "phone.revealed", $"order:{orderNo}", new { reason = reason.Trim() }, ct);
        await session.CommitAsync();
        // Only what is in the audit for certain is shown.
        var number = PhoneNumber.FromCanonical(vault.Decrypt(DataPlace.OrderPhone(shop, orderNo.Value), cipher));
        return new RevealResult.Revealed(number, options.RevealsPerShift - used.Count - 1);
    }

    private static void Check(string reason)
    {
        if (reason.Trim().Length < ShortestReason)
            throw new InvalidInputException(Problem.Of("reason-too-short", "reason", ("least", $"{ShortestReason}")));
        if (reason.Length > LongestReason)
            throw new InvalidInputException(Problem.Of("reason-too-long", "reason", ("most", $"{LongestReason}")));
    }
}

public abstract record RevealResult
{
    private RevealResult()
    {
    }

    /// <param name="Left">How many more the person may reveal in this shift.</param>
    public sealed record Revealed(PhoneNumber Number, int Left) : RevealResult;

    public sealed record QuotaUsed(int Quota, DateTimeOffset Until) : RevealResult;

    /// <summary>No such order, or one without a number.</summary>
    public sealed record NoNumber : RevealResult;
}
